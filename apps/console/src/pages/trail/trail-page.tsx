import type { AuditRecord } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { eventsQuery } from '../../api/events-query.ts';
import { Panel } from '../../controls/panel.tsx';
import { EventList } from '../../events/event-list.tsx';
import { durationText } from '../../format/duration-text.ts';
import { EventText } from '../../format/event-text.tsx';
import { numberText } from '../../format/number-text.ts';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';

/** The events of one remediation, in the order of the log. */
export function TrailPage(): ReactElement {
  const { correlationId } = useParams({ from: '/trail/$correlationId' });
  const query = useQuery(eventsQuery({ correlation_id: correlationId, order: 'asc', limit: 1000 }));
  return (
    <Page
      heading="Trail"
      lead={
        <>
          Correlation <EventText text={correlationId} charsMax={300} />
        </>
      }
    >
      <Loaded query={query}>
        {({ data, pagination }) =>
          data.length === 0 ? (
            <EmptyState heading="No event has this correlation id">
              Check the id, or whether its records were purged after their retention.
            </EmptyState>
          ) : (
            <Panel heading="Events" note={noteOf(data, pagination.has_more)}>
              <EventList label="Events of the trail" events={data} linksTrails={false} />
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}

function noteOf(events: readonly AuditRecord[], hasMore: boolean): string {
  const times = events.map(({ event_timestamp }) => Date.parse(event_timestamp));
  const span = durationText(Math.max(...times) - Math.min(...times));
  return `${hasMore ? 'the first ' : ''}${numberText(events.length)} events within ${span}`;
}
