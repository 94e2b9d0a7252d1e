import type { AuditRecord } from '@audit/schema';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { chosen } from '../../../controls/chosen.ts';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { SelectField } from '../../../controls/select-field.tsx';
import { Table } from '../../../controls/table.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { Instant } from '../../../format/instant.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { Loaded } from '../../../states/loaded.tsx';
import holdStyles from '../holds/holds.module.css';
import { accessQuery } from './access-query.ts';
import { type AccessWords, accessWords } from './access-words.ts';

const kinds = {
  all: 'Everything',
  exported: 'Exports',
  read: 'Reading',
  verified: 'Verifications by the server',
  disclosed: 'Personal data',
  refused: 'Refusals',
} as const satisfies Record<AccessWords['kind'] | 'all', string>;

type Shown = keyof typeof kinds;

const shownKinds = [
  'all',
  'exported',
  'read',
  'verified',
  'disclosed',
  'refused',
] as const satisfies readonly Shown[];

const commandTypes = {
  all: undefined,
  exported: 'datastorage.records.exported',
  read: 'datastorage.records.read',
  verified: 'datastorage.chain.verified',
  disclosed: 'datastorage.personal_data.disclosed',
  refused: 'datastorage.access.refused',
} as const satisfies Record<Shown, string | undefined>;

/** Who exported, read or verified records, as the log itself tells. */
export function AccessSection(): ReactElement {
  const query = useInfiniteQuery(accessQuery);
  const [shown, setShown] = useState<Shown>('all');
  const type = commandTypes[shown];
  return (
    <Panel heading="Who read or exported" note="newest first, as the log tells">
      <div className={holdStyles.bar}>
        <SelectField
          label="Show"
          value={shown}
          onChange={({ target }) => setShown(chosen(shownKinds, target.value))}
        >
          {shownKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind]}
            </option>
          ))}
        </SelectField>
      </div>
      <Loaded query={query}>
        {(events) => <AccessTable events={events.filter((event) => isShown(event, shown))} />}
      </Loaded>
      {query.hasNextPage && (
        <div className={holdStyles.bar}>
          <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetching}>
            {query.isFetchingNextPage ? 'Reading…' : 'Show older'}
          </Button>
        </div>
      )}
      <SameCommand
        words={[
          ...['audit', 'query', ...(type === undefined ? ['--category', 'datastorage'] : ['--type', type])],
          ...['--url', location.origin],
        ]}
      />
    </Panel>
  );
}

function isShown(event: AuditRecord, shown: Shown): boolean {
  return shown === 'all' || accessWords(event)?.kind === shown;
}

function AccessTable({ events }: { readonly events: readonly AuditRecord[] }): ReactElement {
  if (events.length === 0)
    return (
      <div className={holdStyles.empty}>
        <EmptyState heading="Nothing of that kind is among what was read">
          Who exports, reads or verifies records is an event of the log within a minute.
        </EmptyState>
      </div>
    );
  return (
    <Table label="Who read or exported">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">What</th>
          <th scope="col">Trail</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <AccessRow key={event.event_id} event={event} />
        ))}
      </tbody>
    </Table>
  );
}

function AccessRow({ event }: { readonly event: AuditRecord }): ReactElement {
  const { actor_id, correlation_id: correlationId, event_timestamp } = event;
  const words = accessWords(event);
  return (
    <tr>
      <td>
        <Instant time={event_timestamp} />
      </td>
      <th scope="row">
        <EventText text={actor_id} charsMax={80} />
      </th>
      <td>{words?.kind}</td>
      <td>{words?.what}</td>
      <td>
        <Link to="/trail/$correlationId" params={{ correlationId }}>
          <EventText text={correlationId} charsMax={60} />
        </Link>
      </td>
    </tr>
  );
}
