import { AuditError } from '@audit/schema';
import type { AppendRefusal } from './spool.ts';

/** Wraps what the operating system said. */
export function toSpoolFailure(what: string, cause: unknown): AuditError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new AuditError(`${what}: ${said}`, { code: 'spool_failed', retryable: true, cause });
}

/** Tells a full disk from a broken one. */
export function toRefusal(cause: unknown): AppendRefusal {
  const code = errorCode(cause);
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'io_error';
}

/** Whether the operating system said that there is no such file. */
export function isMissingFile(cause: unknown): boolean {
  return errorCode(cause) === 'ENOENT';
}

/** The operating system's name of an error, such as `ENOSPC`. */
export function errorCode(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
