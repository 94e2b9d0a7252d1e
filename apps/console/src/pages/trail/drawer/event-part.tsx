import type { Trail, TrailStep } from '@audit/trail';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { Instant } from '../../../format/instant.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { eventIdOf } from '../event-id-of.ts';
import { EventLink } from '../event-link.tsx';
import type { TrailView } from '../use-trail-view.ts';
import { contractQuery } from './contract-query.ts';
import styles from './event-part.module.css';
import { recordSchema } from './member-schema.ts';
import { Members } from './value-view.tsx';

/** Options of {@link EventPart}. */
export interface EventPartProps {
  readonly trail: Trail;
  readonly step: TrailStep;
  readonly view: TrailView;
}

// Of these the head and the facts tell already.
const envelopeTold = new Set([
  'event_data',
  'event_type',
  'event_timestamp',
  'event_outcome',
  'event_date',
  'legal_hold',
  'erased_members',
  '_sd_alg',
]);

/** What an event says: who, what, when, its error, its payload by the contract, its envelope. */
export function EventPart({ trail, step, view }: EventPartProps): ReactElement {
  const { data: contract } = useQuery(contractQuery);
  const schema = recordSchema(contract, step.type);
  const payload = schema.member('event_data');
  const erased = new Set(step.erased);
  const envelope = Object.fromEntries(
    Object.entries(step.event).filter(([name, value]) => !envelopeTold.has(name) && value !== undefined),
  );
  const said = Object.fromEntries(
    Object.entries({ ...step.event.event_data }).filter(([name]) => name !== 'event_type'),
  );
  return (
    <div className={styles.event}>
      <Facts trail={trail} step={step} view={view} />
      {step.error !== undefined && (
        <div className={styles.error}>
          <LongText text={step.error.message} />
        </div>
      )}
      <section className={styles.section}>
        <h3>What it says</h3>
        {payload.description !== undefined && <p className={styles.about}>{payload.description}</p>}
        {!step.isKnown && <p className={styles.about}>The contract does not have this event type.</p>}
        <Members value={said} schema={payload} pointer="/event_data" erased={erased} />
      </section>
      <section className={styles.section}>
        <h3>Envelope</h3>
        <Members value={envelope} schema={schema} pointer="" erased={erased} />
      </section>
    </div>
  );
}

function Facts({ trail, step, view }: EventPartProps): ReactElement {
  const { actor, resource, event, offsetMs, durationMs, delayMs, parent } = step;
  const cause = parent?.step === undefined ? undefined : trail.steps[parent.step];
  const effects = trail.steps.filter((each) => each.parent?.step === step.index);
  return (
    <dl className={styles.facts}>
      <Fact label="When">
        <Instant time={event.event_timestamp} />
        <div className={styles.sub}>
          {offsetMs !== undefined && `${durationText(offsetMs)} after the beginning`}
          {delayMs !== undefined && `, stored after ${durationText(delayMs)}`}
        </div>
      </Fact>
      <Fact label="Who">
        {actor === undefined ? 'not on record' : <EventText text={actor.id} charsMax={255} />}
        {actor !== undefined && (
          <div className={styles.sub}>
            <EventText text={actor.isPerson ? 'a person' : actor.type} charsMax={50} />
          </div>
        )}
      </Fact>
      <Fact label="On what">
        {resource === undefined ? 'not on record' : <EventText text={resource.id} charsMax={255} />}
        {resource !== undefined && (
          <div className={styles.sub}>
            <EventText
              text={[resource.type, resource.namespace, resource.cluster].filter(Boolean).join(', ')}
            />
          </div>
        )}
      </Fact>
      {durationMs !== undefined && (
        <Fact label="Took">
          {durationText(durationMs)}
          <div className={styles.sub}>
            {step.durationFrom === 'event' ? 'as the event says' : 'since the step that began it'}
          </div>
        </Fact>
      )}
      <Fact label="Caused by">
        {cause !== undefined && (
          <EventLink view={view} eventId={eventIdOf(cause)}>
            <EventText text={cause.title} />
          </EventLink>
        )}
        {cause === undefined && (parent === undefined ? 'nothing on record' : 'an event that is not here')}
      </Fact>
      <Fact label="Caused">
        {effects.length === 0 ? 'nothing on record' : <Effects effects={effects} view={view} />}
      </Fact>
    </dl>
  );
}

const effectsMax = 5;

function Effects({
  effects,
  view,
}: {
  readonly effects: readonly TrailStep[];
  readonly view: TrailView;
}): ReactElement {
  return (
    <>
      {effects.slice(0, effectsMax).map((effect) => (
        <div key={effect.index}>
          <EventLink view={view} eventId={eventIdOf(effect)}>
            <EventText text={effect.title} />
          </EventLink>
        </div>
      ))}
      {effects.length > effectsMax && (
        <div className={styles.sub}>and {numberText(effects.length - effectsMax)} more</div>
      )}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
