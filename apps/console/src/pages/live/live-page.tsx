import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { eventsQuery } from '../../api/events-query.ts';
import { Panel } from '../../controls/panel.tsx';
import { EventList } from '../../events/event-list.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';

/** What is being stored now. */
export function LivePage(): ReactElement {
  const query = useQuery({ ...eventsQuery({ limit: 20 }), refetchInterval: 2_000 });
  return (
    <Page heading="Live" lead="The newest 20 events, asked for every 2 seconds.">
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState heading="Nothing yet">Events appear here as they are stored.</EmptyState>
          ) : (
            <Panel>
              <EventList label="Events as they come" events={data} />
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}
