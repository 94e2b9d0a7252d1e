import { compareTrails, type TrailComparison, type TrailStep } from '@audit/trail';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';
import { Button } from '../../../controls/button.tsx';
import { CommandLine } from '../../../controls/command-line.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { ToneBadge } from '../../../controls/tone-badge.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { outcomeTones } from '../story/outcome-tone.ts';
import type { ReadTrail } from '../use-trail.ts';
import { ChangedSteps } from './changed-steps.tsx';
import styles from './comparison-panel.module.css';
import { Pair } from './pair.tsx';

/** Options of {@link ComparisonPanel}. */
export interface ComparisonPanelProps {
  readonly first: ReadTrail;
  readonly second: ReadTrail;
  /** Compares no longer. */
  readonly close: () => void;
}

/** What differs between this run and another, side by side: outcome, decisions, steps that one alone has, steps that went differently. */
export function ComparisonPanel({ first, second, close }: ComparisonPanelProps): ReactElement {
  const comparison = useMemo(() => compareTrails(first.trail, second.trail), [first, second]);
  const [one, other] = [first.trail.correlationId, second.trail.correlationId];
  return (
    <Panel heading="Compared with another run" note={noteOf(comparison)}>
      <div className={styles.body}>
        <div className={styles.section}>
          <Pair
            label={<span className={styles.sub}>Run</span>}
            first={<>this one</>}
            second={
              <Link to="/trail/$correlationId" params={{ correlationId: other }} search={{ with: one }}>
                <EventText text={other} />
              </Link>
            }
          />
          <Pair
            label="Outcome"
            first={<Outcome status={comparison.outcome.first} />}
            second={<Outcome status={comparison.outcome.second} />}
          />
          <Pair
            label="Duration"
            first={timeText(comparison.durationMs.first)}
            second={timeText(comparison.durationMs.second)}
          />
        </div>
        <Decisions comparison={comparison} />
        <ChangedSteps changed={comparison.changed} />
        <div className={styles.sides}>
          <Only heading="Only in this run" steps={comparison.onlyInFirst} />
          <Only heading="Only in the other" steps={comparison.onlyInSecond} />
        </div>
        <CommandLine words={['audit', 'diff', one, other]} />
        <div className={styles.buttons}>
          <Button onClick={close}>End the comparison</Button>
        </div>
      </div>
    </Panel>
  );
}

function noteOf({ shared, changed }: TrailComparison): string {
  return `${numberText(shared)} steps in both, ${numberText(changed.length)} of them went differently`;
}

function Outcome({ status }: { readonly status: TrailComparison['outcome']['first'] }): ReactElement {
  return <ToneBadge tone={outcomeTones[status]} word={status.replace('_', ' ')} />;
}

function timeText(durationMs: number | undefined): string {
  return durationMs === undefined ? 'unknown' : durationText(durationMs);
}

function Decisions({ comparison }: { readonly comparison: TrailComparison }): ReactElement {
  return (
    <div className={styles.section}>
      <h3>Decided differently</h3>
      {comparison.decisions.length === 0 && (
        <p className={styles.sub}>Nothing: both were found, decided and done alike.</p>
      )}
      {comparison.decisions.map(({ stage, name, label, first, second }) => (
        <Pair
          key={`${stage} ${name}`}
          label={
            <>
              <EventText text={label} /> <span className={styles.sub}>{stage}</span>
            </>
          }
          first={<Texts texts={first} />}
          second={<Texts texts={second} />}
        />
      ))}
    </div>
  );
}

const textsMax = 5;
const shortCharsMax = 120;

function Texts({ texts }: { readonly texts: readonly string[] }): ReactElement {
  if (texts.length === 0) return <span className={styles.sub}>not on record</span>;
  return (
    <>
      {texts.slice(0, textsMax).map((text, place) =>
        text.length > shortCharsMax ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text is its place
          <LongText key={place} text={text} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text is its place
          <p key={place}>
            <EventText text={text} />
          </p>
        ),
      )}
      {texts.length > textsMax && <p className={styles.sub}>and {texts.length - textsMax} more</p>}
    </>
  );
}

const stepsMax = 30;

function Only({
  heading,
  steps,
}: {
  readonly heading: string;
  readonly steps: readonly TrailStep[];
}): ReactElement {
  return (
    <div className={styles.section}>
      <h3>{heading}</h3>
      {steps.length === 0 && <p className={styles.sub}>no step</p>}
      <ul>
        {steps.slice(0, stepsMax).map((step) => (
          <li key={step.index}>
            <EventText text={step.title} />{' '}
            <span className={styles.sub}>
              <EventText text={step.news.join(' · ')} charsMax={120} />
            </span>
          </li>
        ))}
        {steps.length > stepsMax && (
          <li className={styles.sub}>and {numberText(steps.length - stepsMax)} more</li>
        )}
      </ul>
    </div>
  );
}
