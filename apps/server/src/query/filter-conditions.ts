import { columnTime } from '../record/column-time.ts';
import type { RecordFilter } from './record-query.ts';

/** Conditions of a statement on `audit.records` and the parameters they name by number; both may be added to. */
export interface FilterConditions {
  readonly conditions: string[];
  readonly parameters: unknown[];
}

/** Writes the conditions of a filter on the records of a log. A purged record has none of the members but its correlation. */
export function filterConditions(logId: string, filter: RecordFilter): FilterConditions {
  const parameters: unknown[] = [logId];
  const conditions = ['log_id = $1'];
  const add = (column: string, operator: string, value: unknown) => {
    parameters.push(value);
    conditions.push(`${column} ${operator} $${parameters.length}`);
  };
  for (const [column, value] of Object.entries(filter.equals)) add(column, '=', value);
  if (filter.since !== undefined) add('event_timestamp', '>=', columnTime(filter.since));
  if (filter.until !== undefined) add('event_timestamp', '<=', columnTime(filter.until));
  return { conditions, parameters };
}

/** A view to read records from. */
export type RecordSource = 'audit.records' | 'audit.present_records';

/**
 * Chooses the view to read the records of a filter from. One goes by leaves, which know correlations and what was purged; the
 * other by contents, which know everything else, and leaves purged records out.
 */
export function sourceOf({ equals, since, until }: RecordFilter, wantsPurged: boolean): RecordSource {
  const { correlation_id: correlationId, ...others } = equals;
  const asksContents = Object.keys(others).length > 0 || since !== undefined || until !== undefined;
  return correlationId === undefined && (asksContents || !wantsPurged)
    ? 'audit.present_records'
    : 'audit.records';
}
