import type { TrustOptions } from '../options/trust-options.ts';
import type { Finding } from './finding.ts';
import { describeFailure } from './render-report.ts';

/** Whether what was found is all that was asked for. Naming witnesses, or settling for consistency, says what that is. */
export function isAccepted({ report }: Finding, { consistencyOnly, witness }: TrustOptions): boolean {
  const { verdict } = report;
  if (verdict === 'proven') return true;
  if (verdict === 'broken' || witness.length > 0) return false;
  return verdict === 'consistent_unwitnessed' || consistencyOnly === true;
}

/** Says in one line why what was found is not all that was asked for. */
export function whyNot({ isTrusted, kind, report, subject }: Finding): string {
  const { failure, verdict } = report;
  if (failure !== undefined)
    return `${subject} is broken: ${describeFailure(failure)}${kind === 'export' ? advice(failure.code) : ''}`;
  if (verdict === 'consistent_unwitnessed')
    return `${subject} is not proven: no witness you named cosigned it`;
  if (!isTrusted) return `${subject} is not proven: nobody vouches for it without --key`;
  if (kind === 'export' && report.checkpoint === undefined)
    return `${subject} is not proven: an export needs the checkpoint of its log (--checkpoint)`;
  return `${subject} is not proven: a part of the log has no root that a checkpoint could vouch for`;
}

function advice(code: string): string {
  if (code === 'records_surplus')
    return '. When the checkpoint is older than the export, export up to its size with --to-sequence';
  if (code === 'records_missing') return '. When the checkpoint is newer than the export, export again';
  if (code === 'sequence_gap')
    return '. When records were left out on purpose, say so with --filtered or --from-sequence';
  return '';
}
