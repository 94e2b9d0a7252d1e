import { readDisclosures } from '../record/read-disclosures.ts';
import { revealPersonalData } from '../record/reveal-personal-data.ts';

/** A row of a statement that selects {@link recordColumns}. */
export interface RecordRow extends Record<string, unknown> {
  readonly sequence: string;
  /** Exact text; null when it was purged. */
  readonly record: string | null;
  readonly event_hash: string;
  readonly event_date: string | null;
  readonly legal_hold: boolean;
  readonly disclosures: string | null;
}

/** What a statement selects from `records` to show them to readers. */
export const recordColumns = `
  records.sequence::text as sequence,
  records.record::text as record,
  encode(records.event_hash, 'hex') as event_hash,
  to_char(records.event_timestamp at time zone 'UTC', 'YYYY-MM-DD') as event_date,
  exists (
    select from audit.holds
    where holds.log_id = records.log_id
      and holds.correlation_id = records.correlation_id
      and holds.released_sequence is null
  ) as legal_hold,
  (
    select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure))::text
    from audit.disclosures
    where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
  ) as disclosures`;

/** Writes a record as the contract's `AuditRecord`; undefined when it was purged. */
export function toEventText(row: RecordRow): string | undefined {
  if (row.record === null) return undefined;
  const disclosures = readDisclosures(row.disclosures);
  const record = revealPersonalData(row.record, disclosures);
  const erased = disclosures.filter(({ disclosure }) => disclosure === null).map(({ pointer }) => pointer);
  return (
    `${record.slice(0, -1)},"event_hash":"${row.event_hash}","legal_hold":${row.legal_hold},` +
    `"event_date":"${row.event_date}"${erased.length === 0 ? '' : `,"erased_members":${JSON.stringify(erased)}`}}`
  );
}
