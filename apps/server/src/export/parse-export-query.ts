import type { EventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import { filterNames, readFilter } from '../query/read-filter.ts';
import { disclosureChoices, type ExportQuery, exportFormats } from './export-query.ts';
import { boundNames, readBounds } from './read-bounds.ts';

/** A query, or every fault found in the parameters. */
export type ParsedExportQuery =
  | { readonly success: true; readonly query: ExportQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set([...filterNames, ...boundNames, 'format', 'disclosures']);

/** Reads the parameters of `GET /api/v1/audit/export`. */
export function parseExportQuery(parameters: URLSearchParams, now: number): ParsedExportQuery {
  const reader = new ParameterReader(parameters, known);
  const query: ExportQuery = {
    format: reader.oneOf('format', exportFormats) ?? 'jsonl',
    ...readFilter(reader, now),
    ...readBounds(reader),
    disclosures: reader.oneOf('disclosures', disclosureChoices) ?? 'withheld',
  };
  return reader.issues.length === 0 ? { success: true, query } : { success: false, issues: reader.issues };
}
