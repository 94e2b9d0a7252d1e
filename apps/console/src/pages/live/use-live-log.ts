import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import type { SearchFilters } from '../../api/search-filters.ts';
import { useSessionToken } from '../../api/session-token.ts';
import type { FirstRows } from './first-rows-query.ts';
import { followLog } from './follow-log.ts';
import { changeLiveLog, type LiveLog, openLiveLog } from './live-log.ts';

/** A stream that is shown, and what a person can do about it. */
export interface ShownLog {
  readonly log: LiveLog;
  readonly pause: () => void;
  /** Opens the stream again where it was paused. */
  readonly resume: () => void;
  /** Connects at once. */
  readonly retry: () => void;
}

/** Follows the log from some first rows on, as long as the component is there. */
export function useLiveLog(filter: SearchFilters, first: FirstRows): ShownLog {
  const [log, change] = useReducer(changeLiveLog, first, ({ rows, position }) => openLiveLog(rows, position));
  const [connections, setConnections] = useState(0);
  const token = useSessionToken();
  const follow = useEffectEvent((signal: AbortSignal) =>
    followLog(
      { filter, position: log.position, signal },
      {
        onMessages: (messages) => change({ kind: 'messages', messages }),
        onConnection: (connection) => change({ kind: 'connection', connection }),
      },
    ),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them has it connect again
  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal);
    return () => leaving.abort();
  }, [filter, connections, token]);
  const retry = () => setConnections((count) => count + 1);
  return {
    log,
    pause: () => change({ kind: 'pause' }),
    resume: () => {
      change({ kind: 'resume' });
      retry();
    },
    retry,
  };
}
