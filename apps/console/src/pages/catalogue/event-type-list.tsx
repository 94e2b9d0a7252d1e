import { eventTitles } from '@audit/trail';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { EventTypeName } from '../../format/event-type-name.tsx';
import styles from './catalogue-page.module.css';
import type { EventTitles, FoundEvent } from './find-events.ts';

/** Options of {@link EventTypeList}. */
export interface EventTypeListProps {
  readonly label: string;
  readonly events: readonly FoundEvent[];
}

const titles: EventTitles = eventTitles;
const fieldsMax = 4;

/** Event types with what they say happened, and the members because of which they were found. */
export function EventTypeList({ label, events }: EventTypeListProps): ReactElement {
  return (
    <ul className={styles.types} aria-label={label}>
      {events.map(({ event: { type, when }, fields }) => (
        <li key={type}>
          <div className={styles.name}>
            <Link to="/catalogue/$eventType" params={{ eventType: type }}>
              <EventTypeName type={type} />
            </Link>
            <span className={styles.title}>{titles[type]}</span>
          </div>
          <p className={styles.when}>{when}</p>
          {fields.length > 0 && (
            <p className={styles.fields}>
              in{' '}
              {fields.slice(0, fieldsMax).map((path) => (
                <code key={path}>{path}</code>
              ))}
              {fields.length > fieldsMax && ` and ${fields.length - fieldsMax} more`}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
