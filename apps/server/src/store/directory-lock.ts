import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A held lock. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a directory for this process. The lock is SQLite's, so the operating system frees it when the process dies,
 * however it dies; a file with a process id would outlive a crash.
 * @throws {Error} when another process holds it
 */
export function lockDirectory(directory: string): DirectoryLock {
  const file = new DatabaseSync(join(directory, 'lock'));
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    throw new Error(`${directory} is in use by another process: stop it or choose another directory`, {
      cause: error,
    });
  }
  return { release: () => file.close() };
}
