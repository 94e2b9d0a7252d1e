import type { Explanation, Fact, Stage, Trail } from '@audit/trail';
import { type ReactElement, useState } from 'react';
import { ToneBadge } from '../../../controls/tone-badge.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { eventIdOf } from '../event-id-of.ts';
import { EventLink } from '../event-link.tsx';
import type { TrailView } from '../use-trail-view.ts';
import styles from './decision-path.module.css';
import { stageTones } from './outcome-tone.ts';

/** Options of {@link DecisionPath}. */
export interface DecisionPathProps {
  readonly trail: Trail;
  readonly explanation: Explanation;
  readonly view: TrailView;
}

/**
 * From the signal to the effect: what was found, asked, answered, allowed, approved and changed. The analysis stands beside
 * what was decided from it. A stage without events is there, and says so.
 */
export function DecisionPath({ trail, explanation, view }: DecisionPathProps): ReactElement {
  return (
    <ol className={styles.path} aria-label="Decision path">
      {explanation.stages.map((stage, place) => (
        <li
          key={stage.name}
          className={`${styles.stage} ${styles[stage.state] ?? ''}`}
          style={{ gridArea: stage.name }}
        >
          <div className={styles.head}>
            <h3>
              <span className={styles.number}>{place + 1}</span>
              {stage.title}
            </h3>
            <ToneBadge tone={stageTones[stage.state]} word={wordOf(stage)} />
          </div>
          <StageBody stage={stage} trail={trail} view={view} />
        </li>
      ))}
    </ol>
  );
}

function wordOf({ state, name }: Stage): string {
  if (state === 'absent') return 'not on record';
  return name === 'approval' && state === 'failed' ? 'not given' : state;
}

const factsFirst = 14;
const factsMax = 200;

function StageBody({
  stage,
  trail,
  view,
}: {
  readonly stage: Stage;
  readonly trail: Trail;
  readonly view: TrailView;
}): ReactElement {
  const [isWhole, setWhole] = useState(false);
  const { summary, facts } = stage;
  const shown = facts.slice(0, isWhole ? factsMax : factsFirst);
  const isTold = facts.some(({ text }) => text === summary);
  return (
    <>
      {!isTold && (
        <p className={styles.summary}>
          <EventText text={capitalised(summary)} charsMax={400} />
        </p>
      )}
      {shown.length > 0 && (
        <dl className={styles.facts}>
          {shown.map((fact) => (
            <FactView key={`${fact.name} ${fact.step} ${fact.text.slice(0, 100)}`} fact={fact} />
          ))}
        </dl>
      )}
      {facts.length > factsFirst && !isWhole && (
        <button type="button" onClick={() => setWhole(true)}>
          Show {Math.min(facts.length, factsMax) - factsFirst} more
        </button>
      )}
      <Sources stage={stage} trail={trail} view={view} />
    </>
  );
}

const shortCharsMax = 160;

function FactView({ fact: { label, text } }: { readonly fact: Fact }): ReactElement {
  const isLong = text.length > shortCharsMax || text.includes('\n');
  return (
    <div className={`${styles.fact} ${isLong ? styles.wide : ''}`}>
      <dt>
        <EventText text={capitalised(label)} charsMax={60} />
      </dt>
      <dd>{isLong ? <LongText text={text} /> : <EventText text={text} charsMax={shortCharsMax} />}</dd>
    </div>
  );
}

const sourcesMax = 6;

// The events that say so.
function Sources({
  stage,
  trail,
  view,
}: {
  readonly stage: Stage;
  readonly trail: Trail;
  readonly view: TrailView;
}): ReactElement | null {
  const steps = stage.steps.flatMap((place) => trail.steps[place] ?? []);
  if (steps.length === 0) return null;
  return (
    <p className={styles.sources}>
      <span>As told by</span>
      {steps.slice(0, sourcesMax).map((step) => (
        <EventLink key={step.index} view={view} eventId={eventIdOf(step)}>
          <EventText text={step.title} charsMax={60} />
        </EventLink>
      ))}
      {steps.length > sourcesMax && <span>and {steps.length - sourcesMax} more</span>}
    </p>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
