import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { eventsQuery } from '../../api/events-query.ts';
import { Panel } from '../../controls/panel.tsx';
import { EventList } from '../../events/event-list.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';

/** The events of the log, newest first. */
export function SearchPage(): ReactElement {
  const filter = useSearch({ from: '/search' });
  const query = useQuery(eventsQuery({ ...filter, limit: 50 }));
  return (
    <Page heading="Search" lead="The newest 50 events of the log.">
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState heading="The log is empty">No producer has sent an event yet.</EmptyState>
          ) : (
            <Panel>
              <EventList label="Newest events" events={data} />
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}
