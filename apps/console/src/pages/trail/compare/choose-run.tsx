import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Panel } from '../../../controls/panel.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { instantText } from '../../../format/instant-text.ts';
import { Loaded } from '../../../states/loaded.tsx';
import { CorrelationForm } from '../correlation-form.tsx';
import type { ReadTrail } from '../use-trail.ts';
import styles from './choose-run.module.css';
import { runsQuery } from './runs-query.ts';

/** Options of {@link ChooseRun}. */
export interface ChooseRunProps {
  readonly read: ReadTrail;
  readonly choose: (correlationId: string) => void;
}

/** Offers the newest runs of the same alert or workflow to compare with, and takes any other by its id. */
export function ChooseRun({ read, choose }: ChooseRunProps): ReactElement {
  const query = useQuery(runsQuery(read.trail, read.explanation));
  return (
    <Panel heading="Compare with another run" note="the newest of the same alert or workflow">
      <div className={styles.choose}>
        <CorrelationForm label="Correlation id of the other run" action="Compare" take={choose} />
        <Loaded query={query}>
          {(runs) =>
            runs.length === 0 ? (
              <p className={styles.sub}>No other run of this alert or workflow is on record.</p>
            ) : (
              <ul className={styles.runs} aria-label="Other runs">
                {runs.map(({ correlationId, time, common }) => (
                  <li key={correlationId}>
                    <button type="button" className={styles.run} onClick={() => choose(correlationId)}>
                      <span className={styles.id}>
                        <EventText text={correlationId} />
                      </span>
                      <span className={styles.sub}>
                        same {common}, {instantText(time)?.utc ?? 'at an unreadable time'}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}
