import type { StepError, TrailStep } from '@audit/trail';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { eventIdOf } from '../event-id-of.ts';
import { EventLink } from '../event-link.tsx';
import type { TrailView } from '../use-trail-view.ts';
import styles from './failures-panel.module.css';

/** Options of {@link FailuresPanel}. */
export interface FailuresPanelProps {
  /** Steps that failed, the one that decided first. */
  readonly failures: readonly TrailStep[];
  /** Place of the step that decided how the remediation ended. */
  readonly deciding: number | undefined;
  readonly view: TrailView;
}

const shownFirst = 5;
const shownMax = 200;

/** What failed, the failure that decided first; nothing when nothing did. */
export function FailuresPanel({ failures, deciding, view }: FailuresPanelProps): ReactElement | null {
  const [isWhole, setWhole] = useState(false);
  if (failures.length === 0) return null;
  const shown = failures.slice(0, isWhole ? shownMax : shownFirst);
  return (
    <Panel heading="What failed" note={countOf(failures.length)}>
      <ol className={styles.failures}>
        {shown.map((step) => (
          <li key={step.index}>
            <span className={styles.when}>{`+${durationText(step.offsetMs ?? 0)}`}</span>
            <div className={styles.what}>
              <div className={styles.title}>
                <EventLink view={view} eventId={eventIdOf(step)}>
                  <EventText text={step.title} />
                </EventLink>
                <span className={styles.muted}>
                  <EventText text={step.service} />
                  {step.index === deciding && ', decided the outcome'}
                </span>
              </div>
              <ErrorText error={step.error} details={step.details} />
            </div>
          </li>
        ))}
      </ol>
      {failures.length > shownFirst && !isWhole && (
        <div className={styles.more}>
          <Button onClick={() => setWhole(true)}>
            {failures.length > shownMax
              ? `Show the first ${shownMax}`
              : `Show all ${numberText(failures.length)}`}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function ErrorText({
  error,
  details,
}: {
  readonly error: StepError | undefined;
  readonly details: readonly string[];
}): ReactElement {
  const told = [error?.code, error?.reason, error?.component].filter((text) => text !== undefined);
  const retry =
    error?.retryPossible === undefined ? '' : error.retryPossible ? 'can be retried' : 'not to be retried';
  return (
    <>
      <p className={styles.message}>
        <EventText text={error?.message ?? details.join(' · ')} charsMax={500} />
      </p>
      {(told.length > 0 || retry !== '') && (
        <p className={styles.muted}>
          <EventText text={[...told, retry].filter(Boolean).join(' · ')} charsMax={300} />
        </p>
      )}
    </>
  );
}

function countOf(count: number): string {
  return count === 1 ? '1 step' : `${numberText(count)} steps`;
}
