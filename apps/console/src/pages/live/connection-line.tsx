import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { Button } from '../../controls/button.tsx';
import { Icon, type IconName } from '../../controls/icon.tsx';
import { numberText } from '../../format/number-text.ts';
import type { LiveLog } from './live-log.ts';
import styles from './live-page.module.css';

/** Options of {@link ConnectionLine}. */
export interface ConnectionLineProps {
  readonly log: LiveLog;
  readonly retry: () => void;
}

/** Says whether what is shown is up to date, and how many events came. */
export function ConnectionLine({ log, retry }: ConnectionLineProps): ReactElement {
  const { icon, tone, words } = stateOf(log);
  const { connection } = log;
  return (
    <div className={styles.connection}>
      <p role="status" className={`${styles.state} ${styles[tone]}`}>
        <Icon name={icon} />
        {words}
      </p>
      {connection.kind === 'waiting' && (
        <>
          <Countdown untilMs={connection.retryAtMs} />
          <Button onClick={retry}>Try now</Button>
        </>
      )}
      <span className={styles.received}>
        {log.isPaused ? `${numberText(log.held)} received since` : `${numberText(log.received)} received`}
      </span>
    </div>
  );
}

interface ShownState {
  readonly icon: IconName;
  readonly tone: 'live' | 'waiting' | 'paused';
  readonly words: string;
}

function stateOf({ connection, isPaused }: LiveLog): ShownState {
  if (connection.kind === 'waiting') return { icon: 'unplugged', tone: 'waiting', words: 'No connection' };
  if (isPaused) return { icon: 'pause', tone: 'paused', words: 'Paused' };
  if (connection.kind === 'live') return { icon: 'live', tone: 'live', words: 'Live' };
  return { icon: 'pending', tone: 'paused', words: 'Connecting' };
}

// Not part of the status, which would be read aloud every second.
function Countdown({ untilMs }: { readonly untilMs: number }): ReactElement {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.received}>
      tried again in {Math.max(0, Math.ceil((untilMs - nowMs) / 1_000))} s
    </span>
  );
}
