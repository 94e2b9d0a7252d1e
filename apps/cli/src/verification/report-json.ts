import type { FileReport } from './verify-file.ts';

/** What {@link reportJson} writes about. */
export interface ReportForMachines {
  readonly file: string;
  readonly found: FileReport;
  readonly notShown: readonly string[];
  /** Whether everything that was asked for holds. */
  readonly accepted: boolean;
}

/** Makes the JSON of a verification. */
export function reportJson({ file, found, notShown, accepted }: ReportForMachines): object {
  const { isTrusted, kind, report } = found;
  const { checkpoint, checks, failure, purged, records, verdict } = report;
  const stated = checkpoint?.checkpoint;
  return {
    file,
    kind,
    verdict,
    accepted,
    records,
    purged,
    checks,
    not_shown: notShown,
    checkpoint: stated === undefined ? null : { origin: stated.origin, size: stated.size, root: stated.root },
    key_is_trusted: isTrusted,
    signed_by: checkpoint?.signedBy ?? [],
    witnessed_by: checkpoint?.witnessedBy ?? [],
    ...(kind === 'pack' && {
      population: report.manifest?.population ?? null,
      pack_signed_by: report.signedBy ?? null,
    }),
    failure: failure ?? null,
  };
}
