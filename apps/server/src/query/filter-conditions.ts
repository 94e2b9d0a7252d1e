import { columnTime } from '../record/column-time.ts';
import type { DetailFilter, EqualityFilter, RecordFilter } from './record-query.ts';

/** Conditions of a statement on `audit.records` and the parameters they name by number; both may be added to. */
export interface FilterConditions {
  readonly conditions: string[];
  readonly parameters: unknown[];
}

/** Writes the conditions of a filter on the records of a log. A purged record has none of the members but its correlation. */
export function filterConditions(logId: string, filter: RecordFilter): FilterConditions {
  const parameters: unknown[] = [];
  const indexed = indexedConditions(logId, filter, parameters);
  return { conditions: [...indexed, ...examinedConditions(filter, parameters)], parameters };
}

const indexedColumns: ReadonlySet<string> = new Set<EqualityFilter>([
  'correlation_id',
  'event_type',
  'event_category',
  'event_id',
]);

/** Writes the conditions that an index answers, and adds what they name to the parameters. */
export function indexedConditions(logId: string, filter: RecordFilter, parameters: unknown[]): string[] {
  const conditions = [`log_id = $${parameters.push(logId)}`];
  for (const [column, value] of Object.entries(filter.equals)) {
    if (indexedColumns.has(column)) conditions.push(`${column} = $${parameters.push(value)}`);
  }
  if (filter.since !== undefined) {
    conditions.push(`event_timestamp >= $${parameters.push(columnTime(filter.since))}`);
  }
  if (filter.until !== undefined) {
    conditions.push(`event_timestamp <= $${parameters.push(columnTime(filter.until))}`);
  }
  return conditions;
}

/** Writes the conditions that are checked record by record, and adds what they name to the parameters. */
export function examinedConditions(filter: RecordFilter, parameters: unknown[]): string[] {
  const conditions: string[] = [];
  for (const [column, value] of Object.entries(filter.equals)) {
    if (!indexedColumns.has(column)) conditions.push(`${column} = $${parameters.push(value)}`);
  }
  if (filter.detail !== undefined) conditions.push(detailCondition(filter.detail, parameters));
  return conditions;
}

// Personal data is not in the record but beside it; a disclosure is base64url of the JSON text ["salt","name",value].
function detailCondition({ key, value }: DetailFilter, parameters: unknown[]): string {
  const name = `$${parameters.push(key)}::text`;
  const text = `$${parameters.push(value)}::text`;
  const isPossible = isWrittenAsIs(value) ? `position(${text} in record::text) > 0 and ` : '';
  return `(
    ${isPossible}record -> 'event_data' ->> ${name} = ${text}
    or exists (
      select from audit.disclosures
      where disclosures.log_id = records.log_id
        and disclosures.sequence = records.sequence
        and disclosures.pointer = '/event_data/' || ${name}
        and convert_from(
          decode(rpad(translate(disclosure, '-_', '+/'), (length(disclosure) + 3) / 4 * 4, '='), 'base64'), 'UTF8'
        )::jsonb ->> 2 = ${text}
    )
  )`;
}

// Records are written by JSON.stringify. Looking for such a text takes less than half of the time of reading JSON.
function isWrittenAsIs(value: string): boolean {
  return JSON.stringify(value) === `"${value}"`;
}

/** A view to read records from. */
export type RecordSource = 'audit.records' | 'audit.present_records';

/**
 * Chooses the view to read the records of a filter from. One goes by leaves, which know correlations, event ids and what was
 * purged; the other by contents, which know everything else, and leaves purged records out.
 */
export function sourceOf(filter: RecordFilter, wantsPurged: boolean): RecordSource {
  if (asksLeaves(filter)) return 'audit.records';
  const { equals, detail, since, until } = filter;
  const asksContents =
    Object.keys(equals).length > 0 || [detail, since, until].some((each) => each !== undefined);
  return asksContents || !wantsPurged ? 'audit.present_records' : 'audit.records';
}

/** Chooses what to search for records that are not purged: contents alone, unless leaves know where to look. */
export function searchedIn(filter: RecordFilter): 'audit.records' | 'audit.contents' {
  return asksLeaves(filter) ? 'audit.records' : 'audit.contents';
}

function asksLeaves({ equals }: RecordFilter): boolean {
  return equals.correlation_id !== undefined || equals.event_id !== undefined;
}
