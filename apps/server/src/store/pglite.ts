import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockDirectory } from '@audit/spool';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import type { CopyRows, Database, Row, Transaction } from './database.ts';
import { createProcessLocks } from './process-locks.ts';

/**
 * Opens the embedded PostgreSQL in a directory, which one process at a time may use.
 * @throws {AuditError} `spool_in_use` when another process uses the directory
 */
export async function openPglite(dataDirectory: string): Promise<Database> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(dataDirectory);
  try {
    const pglite = await PGlite.create({ dataDir: join(dataDirectory, 'pgdata') });
    return wrap(pglite, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens an embedded PostgreSQL that lives in memory only, for tests. */
export async function openMemoryPglite(): Promise<Database> {
  return wrap(await PGlite.create(), () => {});
}

function wrap(pglite: PGlite, onClosed: () => void): Database {
  return {
    async query<Result extends Row>(text: string, parameters: readonly unknown[] = []) {
      return (await pglite.query<Result>(text, [...parameters])).rows;
    },
    async copyOut(query) {
      const { blob } = await pglite.query(`copy (${query}) to '/dev/blob' (format binary)`);
      if (blob === undefined) throw new TypeError('COPY gave no rows, not even the frame around none');
      return Buffer.from(await blob.arrayBuffer());
    },
    async transaction<Result>(work: (transaction: Transaction) => Promise<Result>) {
      return pglite.transaction((transaction) => work(transactionOn(transaction)));
    },
    async load({ first, copies, last }, onBegun) {
      await pglite.transaction(async (transaction) => {
        await transaction.exec(first);
        onBegun?.();
        for (const rows of copies) await copyInto(transaction, rows);
        await transaction.exec(last);
      });
    },
    acquireLock: createProcessLocks(),
    disconnect() {
      // It runs in this process: there is nothing to cut.
    },
    async close() {
      await pglite.close();
      onClosed();
    },
  };
}

function transactionOn(transaction: PGliteTransaction): Transaction {
  return {
    async query<Result extends Row>(text: string, parameters: readonly unknown[] = []) {
      return (await transaction.query<Result>(text, [...parameters])).rows;
    },
    async execute(text) {
      await transaction.exec(text);
    },
    copy: (rows) => copyInto(transaction, rows),
  };
}

async function copyInto(transaction: PGliteTransaction, { into, rows }: CopyRows): Promise<void> {
  await transaction.query(`${into} '/dev/blob'`, [], { blob: new Blob([new Uint8Array(rows)]) });
}
