import { type Column, createTable } from '../output/table.ts';
import { memberText, type ServedRecord } from './served-record.ts';

/** Makes the table in which events are listed, in parts as they come. */
export function createEventTable(hasColors: boolean): (records: readonly ServedRecord[]) => string {
  return createTable(columns, hasColors);
}

const columns: readonly Column<ServedRecord>[] = [
  { title: 'TIME (UTC)', read: ({ members }) => utcText(members.event_timestamp).slice(0, 19) },
  { title: 'EVENT', read: ({ members }) => memberText(members.event_type) },
  {
    title: 'OUTCOME',
    read: ({ members }) => memberText(members.event_outcome),
    isAlarm: ({ members }) => members.event_outcome === 'failure',
  },
  { title: 'ACTOR', read: ({ members }) => memberText(members.actor_id) },
  { title: 'RESOURCE', read: ({ members }) => memberText(members.resource_id) },
  { title: 'CORRELATION', read: ({ members }) => memberText(members.correlation_id) },
  { title: 'SEQ', align: 'right', read: ({ members }) => memberText(members.sequence) },
];

/** Writes a time of an event in UTC to the millisecond; as it is when it is none. */
export function utcText(time: unknown): string {
  const timeMs = Date.parse(memberText(time));
  if (Number.isNaN(timeMs)) return memberText(time);
  return new Date(timeMs).toISOString().replace('T', ' ').replace('Z', '');
}
