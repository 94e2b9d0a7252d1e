import { execFile } from 'node:child_process';
import { chown, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** What to copy where. */
export interface PostgresBackup {
  /** Connection string of a superuser. */
  readonly url: string;
  /** Data directory of the running server. */
  readonly source: string;
  /** Directory that is not there yet. */
  readonly target: string;
}

/**
 * Makes a base backup of a running server with the functions that `pg_basebackup` is made of; that program is not among
 * the installed ones. The write-ahead log goes along, so that the copy is whole.
 */
export async function backUpPostgres({ url, source, target }: PostgresBackup): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('backup', fast => true)");
    await copyDirectory(source, target);
    const { rows } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    );
    // The log up to the end of the backup is complete only now.
    await rm(join(target, 'pg_wal'), { recursive: true });
    await copyDirectory(join(source, 'pg_wal'), join(target, 'pg_wal'));
    await writeLabel(target, rows[0]?.labelfile ?? '');
    await rm(join(target, 'postmaster.pid'));
  } finally {
    await client.end();
  }
}

// Belongs to whom the rest belongs: PostgreSQL may run as another user than this process.
async function writeLabel(target: string, text: string): Promise<void> {
  const label = join(target, 'backup_label');
  await writeFile(label, text);
  const { uid, gid } = await stat(target);
  await chown(label, uid, gid);
}

/** Copies a directory with owners and modes, on which PostgreSQL insists. */
export async function copyDirectory(source: string, target: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', source, target]);
}
