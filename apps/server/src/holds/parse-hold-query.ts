import type { EventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import type { HoldQuery } from './hold-store.ts';

/** A query, or every fault found in the parameters. */
export type ParsedHoldQuery =
  | { readonly success: true; readonly query: HoldQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set(['status', 'limit', 'cursor']);

/** Reads the parameters of `GET /api/v1/audit/legal-hold`. */
export function parseHoldQuery(parameters: URLSearchParams): ParsedHoldQuery {
  const reader = new ParameterReader(parameters, known);
  const status = reader.oneOf('status', ['active', 'all'] as const) ?? 'active';
  const limit = reader.integer('limit', 1, 200) ?? 50;
  const before = reader.cursor('desc');
  if (reader.issues.length > 0) return { success: false, issues: reader.issues };
  const query = { includeReleased: status === 'all', limit };
  return { success: true, query: before === undefined ? query : { ...query, before } };
}
