import { createDatabase } from '@audit/environments';
import { describe, inject } from 'vitest';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openMemoryPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';

/** Opens a database of its own for each call, without a log. */
export type OpenDatabase = () => Promise<Database>;

interface Engine {
  /** Opens a database that may have the newest schema already. */
  readonly open: OpenDatabase;
  /** Opens a database in which there is nothing. */
  readonly openEmpty: OpenDatabase;
}

const engines: Readonly<Record<string, Engine>> = {
  PGlite: { open: openEmptiedPglite, openEmpty: openEmptiedPglite },
  PostgreSQL: { open: openMigratedPostgres, openEmpty: openEmptyPostgres },
};

/** Declares the same tests on the embedded database and on a PostgreSQL server. */
export function describeDatabases(
  name: string,
  declare: (open: OpenDatabase, openEmpty: OpenDatabase) => void,
): void {
  for (const [engine, { open, openEmpty }] of Object.entries(engines)) {
    describe(`${name} on ${engine}`, () => declare(open, openEmpty));
  }
}

async function openEmptyPostgres(): Promise<Database> {
  return openPostgres({ url: await createDatabase(inject('postgresUrl')), onIdleError: () => {} });
}

let migrated: Promise<string> | undefined;

/** Opens a copy of a migrated database: migrating takes longer than most tests. */
async function openMigratedPostgres(): Promise<Database> {
  migrated ??= createMigrated();
  const url = await createDatabase(inject('postgresUrl'), { template: await migrated });
  return openPostgres({ url, onIdleError: () => {} });
}

async function createMigrated(): Promise<string> {
  const url = await createDatabase(inject('postgresUrl'));
  const database = openPostgres({ url, onIdleError: () => {} });
  await migrate(database);
  await database.close();
  return url;
}

let embedded: Promise<Database> | undefined;

/** Opens the embedded database, empty. Starting it takes longer than most tests: those of one file share an instance. */
export async function openEmptiedPglite(): Promise<Database> {
  embedded ??= openMemoryPglite();
  const database = await embedded;
  await database.query('drop schema if exists audit cascade');
  return { ...database, close: async () => {} };
}
