import { displayText } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type Readiness, readinessQuery } from '../api/readiness-query.ts';
import { Icon, type IconName } from '../controls/icon.tsx';
import styles from './connection-state.module.css';

interface Shown {
  readonly icon: IconName;
  readonly tone: 'success' | 'pending' | 'failure';
  readonly words: string;
}

const shownByStatus = {
  ready: { icon: 'success', tone: 'success', words: 'Ready' },
  degraded: { icon: 'pending', tone: 'pending', words: 'Degraded' },
  not_ready: { icon: 'failure', tone: 'failure', words: 'Not ready' },
} as const satisfies Record<Readiness['status'], Shown>;

const reasons = {
  shutting_down: 'it is shutting down',
  database_unreachable: 'its database is away; events are kept on its disk',
  draining_spool: 'it stores what came while its database was away',
} as const satisfies Record<NonNullable<Readiness['reason']>, string>;

/** Says which log this is and whether the server takes events. */
export function ConnectionState(): ReactElement {
  const { data, error } = useQuery(readinessQuery);
  const shown = shownOf(data, error !== null);
  return (
    <p className={styles.state} role="status">
      {data !== undefined && (
        <span className={styles.log}>
          log <bdi>{displayText(data.log_id, 40)}</bdi>
        </span>
      )}
      {shown !== undefined && (
        <span className={`${styles.badge} ${styles[shown.tone]}`} title={titleOf(data)}>
          <Icon name={shown.icon} />
          {shown.words}
        </span>
      )}
    </p>
  );
}

function shownOf(readiness: Readiness | undefined, isAway: boolean): Shown | undefined {
  if (isAway) return { icon: 'unplugged', tone: 'failure', words: 'No connection' };
  return readiness === undefined ? undefined : shownByStatus[readiness.status];
}

function titleOf(readiness: Readiness | undefined): string | undefined {
  return readiness?.reason === undefined ? undefined : `The server: ${reasons[readiness.reason]}.`;
}
