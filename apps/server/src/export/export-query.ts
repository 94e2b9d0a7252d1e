import type { RecordFilter } from '../query/record-query.ts';

/** Forms of an export. */
export const exportFormats = ['jsonl', 'csv'] as const;

/** Form of an export. */
export type ExportFormat = (typeof exportFormats)[number];

/** Whether the values of personal data go with the records. */
export const disclosureChoices = ['withheld', 'included'] as const;

/** Whether the values of personal data go with the records. */
export type DisclosureChoice = (typeof disclosureChoices)[number];

/** A stretch of the log, both ends included; an end that is left out is that of the log. */
export interface SequenceBounds {
  readonly fromSequence?: number;
  readonly toSequence?: number;
}

/** What to export. */
export interface ExportQuery extends RecordFilter, SequenceBounds {
  readonly format: ExportFormat;
  readonly disclosures: DisclosureChoice;
}
