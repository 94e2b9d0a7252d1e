import { AuditError, isAuditError } from '@audit/schema';
import { describeThrown } from './describe-thrown.ts';

/** Says that the disk did not confirm what the spool holds. */
export function syncFailure(cause: unknown): AuditError {
  if (isAuditError(cause)) return cause;
  return new AuditError(`the disk did not confirm: ${describeThrown(cause)}`, {
    code: 'spool_failed',
    cause,
  });
}
