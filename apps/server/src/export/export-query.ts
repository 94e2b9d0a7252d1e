import type { RecordFilter } from '../query/record-query.ts';

/** Forms of an export. */
export const exportFormats = ['jsonl', 'csv'] as const;

/** Form of an export. */
export type ExportFormat = (typeof exportFormats)[number];

/** What to export. */
export interface ExportQuery extends RecordFilter {
  readonly format: ExportFormat;
  /** First position in the log. */
  readonly fromSequence: number;
  /** Last position in the log, itself included; left out, the last of the log. */
  readonly toSequence?: number;
}
