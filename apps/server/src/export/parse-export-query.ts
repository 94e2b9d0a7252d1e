import type { EventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import { filterNames, readFilter } from '../query/read-filter.ts';
import { type ExportQuery, exportFormats } from './export-query.ts';

/** A query, or every fault found in the parameters. */
export type ParsedExportQuery =
  | { readonly success: true; readonly query: ExportQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set([...filterNames, 'format', 'from_sequence', 'to_sequence']);

/** Reads the parameters of `GET /api/v1/audit/export`. */
export function parseExportQuery(parameters: URLSearchParams, now: number): ParsedExportQuery {
  const reader = new ParameterReader(parameters, known);
  const fromSequence = reader.integer('from_sequence', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  // A range that ends before it begins is a mistake; an empty file would hide it.
  const toSequence = reader.integer('to_sequence', fromSequence, Number.MAX_SAFE_INTEGER);
  const query: ExportQuery = {
    format: reader.oneOf('format', exportFormats) ?? 'jsonl',
    ...readFilter(reader, now),
    fromSequence,
    ...(toSequence === undefined ? {} : { toSequence }),
  };
  return reader.issues.length === 0 ? { success: true, query } : { success: false, issues: reader.issues };
}
