import { chmodSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuditError } from '@audit/schema';

/** A held lock. */
export interface DirectoryLock {
  release(): void;
}

// Somebody who only asks whether the directory is held is in the way for microseconds.
const waitMs = 50;
// A connection that nobody refers to is collected as garbage, and its lock with it.
const held = new Set<DatabaseSync>();
const sqliteBusy = 5;
const sqliteNotADatabase = 26;

/**
 * Takes a directory for this process. The lock is SQLite's, so the operating system frees it when the process dies,
 * however it dies; a file with a process id would outlive a crash. The file `owner` beside it only names the holder.
 * @throws {AuditError} `spool_in_use` when somebody holds it; `spool_failed` when it cannot be locked
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, 'lock');
  const database = begin(path);
  if (database === undefined) throw inUse(directory);
  // The directory was removed between opening and locking the file.
  if (!existsSync(path)) {
    database.close();
    throw inUse(directory);
  }
  held.add(database);
  const owner = join(directory, 'owner');
  try {
    chmodSync(path, 0o600);
    writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // The owner's name serves only messages to people; a full disk must not keep the lock from being taken.
  }
  return {
    release() {
      if (!held.delete(database)) return;
      rmSync(owner, { force: true });
      database.close();
    },
  };
}

/** Says whether somebody holds a directory, without taking it. A directory that nobody ever locked is free. */
export function isDirectoryHeld(directory: string): boolean {
  const path = join(directory, 'lock');
  if (!existsSync(path)) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.exec('begin; select count(*) from sqlite_schema');
    return false;
  } catch (error) {
    if (resultCode(error) === sqliteNotADatabase) return false;
    if (resultCode(error) === sqliteBusy) return true;
    throw cannotLock(path, error);
  } finally {
    database?.close();
  }
}

/** Names the process that holds a directory, when it is known. */
export function directoryOwner(directory: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(directory, 'owner'), 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : undefined;
  } catch {
    // The owner could not write it, or is about to.
    return undefined;
  }
}

function inUse(directory: string): AuditError {
  const pid = directoryOwner(directory);
  const holder =
    pid === undefined ? 'another process' : pid === process.pid ? 'this process' : `process ${pid}`;
  return new AuditError(`${directory} is in use by ${holder}: stop it or choose another directory`, {
    code: 'spool_in_use',
    retryable: true,
  });
}

function begin(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec(`pragma busy_timeout = ${waitMs}; pragma journal_mode = memory; begin exclusive`);
    return database;
  } catch (error) {
    database?.close();
    const code = resultCode(error);
    if (code === sqliteBusy) return undefined;
    if (code !== sqliteNotADatabase) throw cannotLock(path, error);
    // Damaged bytes are read only when nobody holds the lock, and emptying the file takes it from nobody.
    truncateSync(path);
    return begin(path);
  }
}

function cannotLock(path: string, cause: unknown): AuditError {
  return new AuditError(`${path} cannot be locked: ${String(cause)}`, { code: 'spool_failed', cause });
}

// The low byte is the code; the rest says more about it.
function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
