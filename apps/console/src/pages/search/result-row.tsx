import type { AuditRecord } from '@audit/schema';
import { eventTitles } from '@audit/trail';
import { defaultStringifySearch } from '@tanstack/react-router';
import { memo, type NamedExoticComponent, type ReactElement } from 'react';
import { OutcomeBadge } from '../../controls/outcome-badge.tsx';
import { onPlainClick } from '../../controls/plain-click.ts';
import type { RowFocus } from '../../controls/virtual-rows.tsx';
import { EventText } from '../../format/event-text.tsx';
import { Instant } from '../../format/instant.tsx';
import styles from './result-row.module.css';

/** Options of {@link ResultRow}. */
export interface ResultRowProps {
  readonly event: AuditRecord;
  readonly tabIndex: RowFocus['tabIndex'];
  readonly row: RowFocus['data-row'];
  /** Opens the trail of the event at the event. */
  readonly open: (event: AuditRecord) => void;
}

/** One event, drawn again only when it changes: when, what, who, on which thing, with which result. */
export const ResultRow: NamedExoticComponent<ResultRowProps> = memo(function ResultRow({
  event,
  tabIndex,
  row,
  open,
}: ResultRowProps): ReactElement {
  const { event_type, correlation_id, event_id } = event;
  const address = `/trail/${encodeURIComponent(correlation_id)}${defaultStringifySearch({ event: event_id })}`;
  return (
    <a
      className={styles.row}
      href={address}
      onClick={onPlainClick(() => open(event))}
      tabIndex={tabIndex}
      data-row={row}
    >
      <span className={styles.when}>
        <Instant time={event.event_timestamp} />
      </span>
      <span className={`${styles.what} ${styles.lines}`}>
        <span className={styles.main}>
          <EventText text={titles.get(event_type) ?? event_type} charsMax={80} />
        </span>
        <span className={styles.sub}>
          <EventText text={correlation_id} charsMax={80} />
          {' · '}
          <EventText text={event_type} charsMax={100} />
        </span>
      </span>
      <Kinded area="who" kind={event.actor_type} name={event.actor_id} />
      <Kinded
        area="thing"
        kind={[event.resource_type, event.namespace].filter(Boolean).join(' in ')}
        name={event.resource_id}
      />
      <span className={styles.result}>
        <OutcomeBadge outcome={event.event_outcome} />
      </span>
    </a>
  );
});

/** The names of the columns. */
export function ResultHead(): ReactElement {
  return (
    <div className={styles.head} aria-hidden="true">
      <span className={styles.when}>When</span>
      <span className={styles.what}>What</span>
      <span className={styles.who}>Who</span>
      <span className={styles.thing}>On which</span>
      <span className={styles.result}>Result</span>
    </div>
  );
}

// A producer may have types of its own.
const titles: ReadonlyMap<string, string> = new Map(Object.entries(eventTitles));

function Kinded({
  area,
  kind,
  name,
}: {
  readonly area: 'who' | 'thing';
  readonly kind: string;
  readonly name: string;
}): ReactElement {
  return (
    <span className={`${styles[area]} ${styles.lines}`}>
      <span>
        <EventText text={name} charsMax={120} />
      </span>
      <span className={styles.sub}>
        <EventText text={kind} charsMax={80} />
      </span>
    </span>
  );
}
