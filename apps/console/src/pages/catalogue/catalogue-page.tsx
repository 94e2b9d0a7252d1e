import { reference } from 'virtual:event-reference';
import { eventTitles } from '@audit/trail';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Panel } from '../../controls/panel.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import styles from './catalogue-page.module.css';
import { EventTypeList } from './event-type-list.tsx';
import { type FoundEvent, findEvents } from './find-events.ts';

/** The event types of the contract, to be searched; each leads to its own page. */
export function CataloguePage(): ReactElement {
  const { find = '' } = useSearch({ from: '/catalogue' });
  const navigate = useNavigate();
  const found = findEvents(reference, eventTitles, find);
  const all = reference.events.length;
  const look = (text: string) =>
    void navigate({ to: '/catalogue', search: text === '' ? {} : { find: text }, replace: true });
  return (
    <Page heading="Catalogue" lead={`The ${all} event types of the contract: when, by whom, and with what.`}>
      <div className={styles.find}>
        <TextField
          label="Find"
          placeholder="type, member, or words of the description"
          value={find}
          onValueChange={look}
          type="search"
        />
        <p role="status" className={styles.count}>
          {found.length === all ? `${all} event types` : `${found.length} of ${all} event types`}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState heading="No event type has these words">Try fewer of them, or a service.</EmptyState>
      ) : (
        [...byService(found)].map(([service, events]) => (
          <Panel key={service} heading={service} note={eventsText(events.length)}>
            <EventTypeList label={`Event types of ${service}`} events={events} />
          </Panel>
        ))
      )}
    </Page>
  );
}

function byService(found: readonly FoundEvent[]): ReadonlyMap<string, readonly FoundEvent[]> {
  return Map.groupBy(found, ({ event }) => event.service);
}

function eventsText(count: number): string {
  return count === 1 ? '1 event type' : `${count} event types`;
}
