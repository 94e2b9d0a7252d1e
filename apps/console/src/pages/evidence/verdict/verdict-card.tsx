import type { Check, ListedRecord } from '@audit/integrity';
import { Link } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { Icon, type IconName } from '../../../controls/icon.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { EventTypeName } from '../../../format/event-type-name.tsx';
import styles from './verdict-card.module.css';
import { notShown, placeOf, type Verified, verdictWords } from './verdict-words.ts';

/** Options of {@link VerdictCard}. */
export interface VerdictCardProps {
  readonly verified: Verified;
  /** The record at the first fault, where it is known. */
  readonly record?: ListedRecord | undefined;
  /** Facts between the verdict and its checks. */
  readonly children?: ReactNode;
}

const textCharsMax = 1_000;

/** Shows what a verification came to: the verdict, where it is broken, every check, and what is not shown. */
export function VerdictCard({ verified, record, children }: VerdictCardProps): ReactElement {
  const { heading, icon, meaning, tone } = verdictWords(verified);
  const { checks, failure } = verified.report;
  const place = failure && placeOf(failure);
  const card = useRef<HTMLElement>(null);
  // It may come long after it was asked for, below what is in view.
  useEffect(() => {
    void card.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <article ref={card} className={`${styles.card} ${styles[tone]}`} aria-label={`Verdict: ${heading}`}>
      <div className={styles.head} role={tone === 'broken' ? 'alert' : 'status'}>
        <span className={styles.icon}>
          <Icon name={icon} />
        </span>
        <h3>{heading}</h3>
        <p className={styles.meaning}>
          <EventText text={meaning} charsMax={textCharsMax} />
        </p>
        {place !== undefined && (
          <p className={styles.place}>
            <span>First fault at {place}</span>
            {record !== undefined && <RecordLink record={record} />}
          </p>
        )}
      </div>
      <div className={styles.rest}>
        {children}
        <section>
          <h4>What was checked</h4>
          <ul className={styles.checks}>
            {checks.map((check) => (
              <CheckRow key={check.statement} check={check} />
            ))}
          </ul>
        </section>
        <section>
          <h4>What this does not show</h4>
          <ul className={styles.open}>
            {notShown(verified).map((statement) => (
              <li key={statement}>{statement}</li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}

const outcomes = {
  holds: { icon: 'success', words: 'Holds' },
  not_checked: { icon: 'pending', words: 'Not checked' },
  fails: { icon: 'failure', words: 'Fails' },
} as const satisfies Record<Check['outcome'], { readonly icon: IconName; readonly words: string }>;

function CheckRow({ check: { outcome, statement } }: { readonly check: Check }): ReactElement {
  const { icon, words } = outcomes[outcome];
  return (
    <li className={styles.check}>
      <span className={`${styles.outcome} ${styles[outcome]}`}>
        <Icon name={icon} />
        {words}
      </span>
      <EventText text={statement} charsMax={textCharsMax} />
    </li>
  );
}

function RecordLink({ record }: { readonly record: ListedRecord }): ReactElement | null {
  const { correlation_id: correlationId, event_id: event, event_type: type = 'record' } = record;
  if (correlationId === undefined) return null;
  return (
    <Link to="/trail/$correlationId" params={{ correlationId }} search={event === undefined ? {} : { event }}>
      <EventTypeName type={type} /> in the trail of <EventText text={correlationId} charsMax={60} />
    </Link>
  );
}
