import type { Disclosure } from '@audit/integrity';
import { columnTime } from '../record/column-time.ts';
import type { PreparedEvent } from '../record/prepare-event.ts';
import type { AuditRecordText, RecordPlace } from '../record/record.ts';

/** Writes one row of `audit.leaves` in COPY text format, in the order of `copy-leaves.sql`. */
export function leafRow(event: PreparedEvent, record: AuditRecordText, place: RecordPlace): string {
  return (
    `${escapeText(place.logId)}\t${place.sequence}\t${event.eventId}\t${escapeText(event.members.correlation_id)}\t` +
    `\\\\x${record.eventHash}\n`
  );
}

/** Writes one row of `audit.contents` in COPY text format, in the order of `copy-contents.sql`. */
export function contentsRow(event: PreparedEvent, record: AuditRecordText, place: RecordPlace): string {
  const { members } = event;
  return (
    `${escapeText(place.logId)}\t${place.sequence}\t${columnTime(members.event_timestamp)}\t${event.receivedAt}\t` +
    `${members.event_type}\t${members.event_category}\t${escapeText(members.event_action)}\t` +
    `${members.event_outcome}\t${escapeText(members.actor_type)}\t${escapeText(members.actor_id)}\t` +
    `${escapeText(members.resource_type)}\t${escapeText(members.resource_id)}\t` +
    `${nullable(members.parent_event_id)}\t${nullable(members.namespace)}\t${nullable(members.cluster_name)}\t` +
    `${nullable(members.severity)}\t${members.duration_ms ?? '\\N'}\t${members.retention_days ?? '\\N'}\t` +
    `${escapeText(record.text)}\n`
  );
}

/** Writes one row of `audit.disclosures` in COPY text format, in the order of `copy-disclosures.sql`. */
export function disclosureRow(disclosure: Disclosure, place: RecordPlace): string {
  return `${escapeText(place.logId)}\t${place.sequence}\t${escapeText(disclosure.pointer)}\t${disclosure.disclosure}\n`;
}

function nullable(value: string | null | undefined): string {
  return value === null || value === undefined ? '\\N' : escapeText(value);
}

const special = /[\\\t\n\r]/;
const replacements: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function escapeText(text: string): string {
  return special.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => replacements[character] ?? character)
    : text;
}
