import { isAuditError } from '@audit/schema';
import { type FileSpool, FileSpoolInDirectory } from './file-spool.ts';
import { type FileSpoolOptions, resolveFileSpoolOptions } from './file-spool-options.ts';
import { lockDirectory } from './lock-directory.ts';
import { toSpoolFailure } from './spool-failure.ts';

/**
 * Opens the spool in a directory, and makes it when there is none. Damage never fails: what is no entry goes to
 * quarantine and is reported.
 * @throws {AuditError} `spool_in_use` when the directory is held, `spool_failed` when it cannot be used
 */
export function openFileSpool(options: FileSpoolOptions): FileSpool {
  const resolved = resolveFileSpoolOptions(options);
  const { directory, files } = resolved;
  try {
    const firstMade = files.mkdirSync(directory, { recursive: true, mode: 0o700 });
    const lock = lockDirectory(directory);
    try {
      return new FileSpoolInDirectory(resolved, lock, firstMade);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (isAuditError(error)) throw error;
    throw toSpoolFailure(`${directory} cannot be opened`, error);
  }
}
