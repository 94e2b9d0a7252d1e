import type { ExportReport, PackReport } from '@audit/integrity';

/** What was verified, and what was found. */
export type Finding = {
  /** File or address that was verified, for people. */
  readonly subject: string;
  /** Whether a key of the log was given; without one, who signed is what the subject says itself. */
  readonly isTrusted: boolean;
} & (
  | { readonly kind: 'export' | 'log'; readonly report: ExportReport }
  | { readonly kind: 'pack'; readonly report: PackReport }
);
