import { createDatabase } from '@audit/environments';
import { describe, inject } from 'vitest';
import type { Database } from '../store/database.ts';
import { openMemoryPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';

/** Opens an empty database of its own for each call. */
export type OpenDatabase = () => Promise<Database>;

const engines: Readonly<Record<string, OpenDatabase>> = {
  PGlite: openEmptiedPglite,
  PostgreSQL: async () =>
    openPostgres({ url: await createDatabase(inject('postgresUrl')), onIdleError: () => {} }),
};

/** Declares the same tests on the embedded database and on a PostgreSQL server. */
export function describeDatabases(name: string, declare: (open: OpenDatabase) => void): void {
  for (const [engine, open] of Object.entries(engines)) {
    describe(`${name} on ${engine}`, () => declare(open));
  }
}

let embedded: Promise<Database> | undefined;

/** Opens the embedded database, empty. Starting it takes longer than most tests: those of one file share an instance. */
export async function openEmptiedPglite(): Promise<Database> {
  embedded ??= openMemoryPglite();
  const database = await embedded;
  await database.query('drop schema if exists audit cascade');
  return { ...database, close: async () => {} };
}
