import type { AuditRecord } from '@audit/schema';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { OutcomeBadge } from '../controls/outcome-badge.tsx';
import { EventText } from '../format/event-text.tsx';
import { EventTypeName } from '../format/event-type-name.tsx';
import { Instant } from '../format/instant.tsx';
import styles from './event-list.module.css';

/** Options of {@link EventList}. */
export interface EventListProps {
  /** What the events are, for who does not see the list. */
  readonly label: string;
  readonly events: readonly AuditRecord[];
}

/** Events that lead to their trails, as rows of what, who, on which thing, with which result and when. On a narrow page a row has three lines. */
export function EventList({ label, events }: EventListProps): ReactElement {
  return (
    <table className={styles.list} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Event</th>
          <th scope="col">Who</th>
          <th scope="col">On</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.event_id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ event }: { readonly event: AuditRecord }): ReactElement {
  return (
    <tr>
      <td className={styles.when}>
        <Instant time={event.event_timestamp} />
      </td>
      <th scope="row" className={styles.what}>
        <span className={styles.type}>
          <EventTypeName type={event.event_type} />
        </span>
        <TrailLink correlationId={event.correlation_id} />
      </th>
      <td className={styles.who}>
        <Kinded kind={event.actor_type} name={event.actor_id} />
      </td>
      <td className={styles.thing}>
        <Kinded kind={event.resource_type} name={event.resource_id} />
      </td>
      <td className={styles.outcome}>
        <OutcomeBadge outcome={event.event_outcome} />
      </td>
    </tr>
  );
}

function TrailLink({ correlationId }: { readonly correlationId: string }): ReactElement {
  return (
    <Link className={styles.trail} to="/trail/$correlationId" params={{ correlationId }}>
      <EventText text={correlationId} charsMax={60} />
    </Link>
  );
}

function Kinded({ kind, name }: { readonly kind: string; readonly name: string }): ReactElement {
  return (
    <span className={styles.kinded}>
      <EventText text={name} charsMax={80} />
      <span className={styles.kind}>
        <EventText text={kind} charsMax={40} />
      </span>
    </span>
  );
}
