import type { TailSkipped } from '@audit/schema';
import type { ReactElement } from 'react';
import type { SearchFilters } from '../../api/search-filters.ts';
import { Button } from '../../controls/button.tsx';
import { Icon } from '../../controls/icon.tsx';
import { Panel } from '../../controls/panel.tsx';
import { EventList } from '../../events/event-list.tsx';
import { numberText } from '../../format/number-text.ts';
import { EmptyState } from '../../states/empty-state.tsx';
import { FailureState } from '../../states/failure-state.tsx';
import { ConnectionLine } from './connection-line.tsx';
import type { FirstRows } from './first-rows-query.ts';
import styles from './live-page.module.css';
import { useAnnounced } from './use-announced.ts';
import { useLiveLog } from './use-live-log.ts';

/** Options of {@link LiveEvents}. */
export interface LiveEventsProps {
  readonly filter: SearchFilters;
  readonly first: FirstRows;
}

/** The events that are there and those that come, the newest above. */
export function LiveEvents({ filter, first }: LiveEventsProps): ReactElement {
  const { log, pause, resume, retry } = useLiveLog(filter, first);
  const announced = useAnnounced(log.received);
  const { connection, isPaused, rows, skips } = log;
  if (connection.kind === 'refused') return <FailureState error={connection.failure} retry={retry} />;
  return (
    <Panel>
      <div className={styles.bar}>
        <ConnectionLine log={log} retry={retry} />
        <Button kind={isPaused ? 'primary' : 'secondary'} onClick={isPaused ? resume : pause}>
          <Icon name={isPaused ? 'live' : 'pause'} />
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      </div>
      <p className={styles.announced} role="status">
        {announced}
      </p>
      {skips.length > 0 && <Skips skips={skips} />}
      {rows.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState heading="Nothing yet">Events that match appear here as they are stored.</EmptyState>
        </div>
      ) : (
        <EventList label="Events as they come" events={rows} />
      )}
    </Panel>
  );
}

const reasons = {
  behind: 'the page was too far behind the log',
  purged: 'their retention was over',
} as const satisfies Record<TailSkipped['reason'], string>;

function Skips({ skips }: { readonly skips: readonly TailSkipped[] }): ReactElement {
  return (
    <ul className={styles.skips} aria-label="Skipped by the server">
      {skips.slice(-3).map(({ reason, count, from_sequence, to_sequence }) => (
        <li key={from_sequence}>
          <Icon name="warning" />
          <span>
            {numberText(count)} {count === 1 ? 'record' : 'records'} skipped, positions{' '}
            {numberText(from_sequence)} to {numberText(to_sequence)}: {reasons[reason]}.
          </span>
        </li>
      ))}
    </ul>
  );
}
