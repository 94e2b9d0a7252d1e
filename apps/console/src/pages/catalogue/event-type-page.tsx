import { reference } from 'virtual:event-reference';
import { displayText, type EventOutcome } from '@audit/schema';
import { eventTitles } from '@audit/trail';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactElement, Suspense } from 'react';
import { OutcomeBadge } from '../../controls/outcome-badge.tsx';
import { Panel } from '../../controls/panel.tsx';
import { EventTypeName } from '../../format/event-type-name.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { EventExample } from './event-example.tsx';
import type { EventEntry } from './event-reference.ts';
import styles from './event-type-page.module.css';
import { FieldTable } from './field-table.tsx';
import type { EventTitles } from './find-events.ts';

const titles: EventTitles = eventTitles;

/** What the contract says of one event type. */
export function EventTypePage(): ReactElement {
  const { eventType } = useParams({ from: '/catalogue/$eventType' });
  const event = reference.events.find(({ type }) => type === eventType);
  if (event === undefined) return <UnknownType type={eventType} />;
  const payload = reference.payloads[event.payload];
  return (
    <Page
      heading={event.type}
      headingContent={<EventTypeName type={event.type} />}
      lead={titles[event.type]}
      actions={<Leads type={event.type} />}
    >
      <Panel heading="When and by whom">
        <p className={styles.when}>{event.when}</p>
        <Facts event={event} />
      </Panel>
      <Panel heading="Payload" note={event.payload}>
        <p className={styles.when}>{payload?.description}</p>
        <FieldTable label="Members of event_data" fields={payload?.fields ?? []} />
      </Panel>
      <Panel heading="Example">
        <Suspense>
          <EventExample type={event.type} />
        </Suspense>
      </Panel>
      <Panel>
        <details className={styles.envelope}>
          <summary>Members of every event</summary>
          <FieldTable label="Members of every event" fields={reference.envelope} />
        </details>
      </Panel>
    </Page>
  );
}

function Leads({ type }: { readonly type: string }): ReactElement {
  return (
    <nav className={styles.leads} aria-label="From here">
      <Link to="/search" search={{ event_type: type }}>
        Show such events
      </Link>
      <Link to="/live" search={{ event_type: type }}>
        Watch them live
      </Link>
      <Link to="/catalogue">All event types</Link>
    </nav>
  );
}

const outcomes: readonly EventOutcome[] = ['success', 'failure', 'pending'];

function Facts({ event }: { readonly event: EventEntry }): ReactElement {
  const { actor, resource } = event;
  const facts: readonly (readonly [string, ReactElement | string])[] = [
    ['Emitted by', event.isServersOwn ? 'the server alone; it refuses the type from others' : event.service],
    ['Category', event.category],
    ['Action', event.action],
    [
      'Outcome',
      <span key="outcomes" className={styles.badges}>
        {outcomes
          .filter((outcome) => event.outcomes.includes(outcome))
          .map((outcome) => (
            <OutcomeBadge key={outcome} outcome={outcome} />
          ))}
      </span>,
    ],
    ['Actor', `${actor.type}: ${actor.id}`],
    ['Resource', resource === null ? 'as the server fills it in' : `${resource.type}: ${resource.id}`],
    ['Correlation id', event.correlation],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function UnknownType({ type }: { readonly type: string }): ReactElement {
  return (
    <Page heading="Event type">
      <EmptyState heading="The contract has no such event type">
        <bdi>{displayText(type, 100)}</bdi> may be of a service outside the contract.{' '}
        <Link to="/search" search={{ event_type: type }}>
          Look for its events
        </Link>
        , or at <Link to="/catalogue">all event types</Link>.
      </EmptyState>
    </Page>
  );
}
