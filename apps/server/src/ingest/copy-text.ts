import type { Disclosure } from '@audit/integrity';
import { columnTime } from '../record/column-time.ts';
import type { PreparedEvent } from '../record/prepare-event.ts';
import type { AuditRecordText, RecordPlace } from '../record/record.ts';

/** Writes one row of `audit.leaves` in COPY text format, in the order of `copy-leaves.sql`. */
export function leafRow(event: PreparedEvent, record: AuditRecordText, place: RecordPlace): string {
  return (
    `${escapeText(place.logId)}\t${place.sequence}\t${event.eventId}\t${escapeText(event.columns.correlation_id)}\t` +
    `\\\\x${record.eventHash}\n`
  );
}

/** Writes one row of `audit.contents` in COPY text format, in the order of `copy-contents.sql`. */
export function contentsRow(event: PreparedEvent, record: AuditRecordText, place: RecordPlace): string {
  const { columns } = event;
  return (
    `${escapeText(place.logId)}\t${place.sequence}\t${columnTime(columns.event_timestamp)}\t${event.receivedAt}\t` +
    `${columns.event_type}\t${columns.event_category}\t${escapeText(columns.event_action)}\t` +
    `${columns.event_outcome}\t${escapeText(columns.actor_type)}\t${escapeText(columns.actor_id)}\t` +
    `${escapeText(columns.resource_type)}\t${escapeText(columns.resource_id)}\t` +
    `${nullable(columns.parent_event_id)}\t${nullable(columns.namespace)}\t${nullable(columns.cluster_name)}\t` +
    `${nullable(columns.severity)}\t${columns.duration_ms ?? '\\N'}\t${columns.retention_days ?? '\\N'}\t` +
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
