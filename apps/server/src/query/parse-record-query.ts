import type { EventIssue } from '@audit/schema';
import { ParameterReader } from './parameter-reader.ts';
import { filterNames, readFilter } from './read-filter.ts';
import type { RecordQuery } from './record-query.ts';

/** A query, or every fault found in the parameters. */
export type ParsedRecordQuery =
  | { readonly success: true; readonly query: RecordQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set([...filterNames, 'order', 'limit', 'offset', 'cursor', 'total']);

/** Reads the parameters of `GET /api/v1/audit/events`. */
export function parseRecordQuery(parameters: URLSearchParams, now: number): ParsedRecordQuery {
  const reader = new ParameterReader(parameters, known);
  const order = reader.oneOf('order', ['asc', 'desc'] as const) ?? 'desc';
  const after = reader.cursor(order);
  const query: RecordQuery = {
    ...readFilter(reader, now),
    order,
    limit: reader.integer('limit', 1, 1_000) ?? 50,
    offset: reader.integer('offset', 0, 1_000_000) ?? 0,
    ...(after === undefined ? {} : { after }),
    isCounted: reader.oneOf('total', ['counted', 'none']) !== 'none',
  };
  return reader.issues.length === 0 ? { success: true, query } : { success: false, issues: reader.issues };
}
