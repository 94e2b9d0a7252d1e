import { createDatabase } from '@audit/environments';
import { describe, inject } from 'vitest';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openPostgres } from '../store/postgres.ts';
import { openEmptyPglite, openMigratedPglite } from './embedded-databases.ts';

/** Opens a database of its own for each call, without a log. */
export type OpenDatabase = () => Promise<Database>;

interface Engine {
  /** Opens a database that may have the newest schema already. */
  readonly open: OpenDatabase;
  /** Opens a database in which there is nothing. */
  readonly openEmpty: OpenDatabase;
}

const engines: Readonly<Record<string, Engine>> = {
  PGlite: { open: openMigratedPglite, openEmpty: openEmptyPglite },
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
