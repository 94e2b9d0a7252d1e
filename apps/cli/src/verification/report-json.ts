import type { Finding } from './finding.ts';

/** What {@link reportJson} writes about. */
export interface ReportForMachines {
  readonly finding: Finding;
  readonly notShown: readonly string[];
  /** Whether everything that was asked for holds. */
  readonly accepted: boolean;
}

/** Makes the JSON of a verification. */
export function reportJson({ finding, notShown, accepted }: ReportForMachines): object {
  const { isTrusted, kind, report, subject } = finding;
  const { checkpoint, checks, failure, purged, records, verdict } = report;
  const stated = checkpoint?.checkpoint;
  return {
    [kind === 'log' ? 'url' : 'file']: subject,
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
