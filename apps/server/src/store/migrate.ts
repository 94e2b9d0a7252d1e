import type { Database, Queryable } from './database.ts';
import { type MigrationFile, readMigrations } from './sql.ts';

// Any number will do as long as every version of the server takes the same.
const migrationLock = 4_242_000_001;

const bookkeeping = `
  create schema if not exists audit;
  create table if not exists audit.migrations (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  );
`;

/**
 * Brings the database to the newest version. Any number of processes may do so at once: one migrates, the others wait
 * and find nothing to do.
 * @returns the versions applied by this call
 */
export async function migrate(
  database: Database,
  migrations: readonly MigrationFile[] = readMigrations(),
): Promise<number[]> {
  // A role that may not change the schema can use one that is up to date.
  if (await isCurrent(database, migrations)) return [];
  try {
    return await applyPending(database, migrations);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const message =
      'the database is older than this server and its role may not migrate it: run audit-server migrate as its owner';
    throw new Error(message, { cause: error });
  }
}

// SQLSTATE insufficient_privilege.
function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501';
}

function applyPending(database: Database, migrations: readonly MigrationFile[]): Promise<number[]> {
  return database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await transaction.execute(bookkeeping);
    const pending = await pendingMigrations(transaction, migrations);
    for (const migration of pending) {
      await transaction.execute(migration.text);
      await transaction.query('insert into audit.migrations (version, name) values ($1, $2)', [
        migration.version,
        migration.name,
      ]);
    }
    return pending.map((migration) => migration.version);
  });
}

async function isCurrent(database: Database, migrations: readonly MigrationFile[]): Promise<boolean> {
  return (await listPendingMigrations(database, migrations)).length === 0;
}

/**
 * Lists the migrations that the database has not seen; changes nothing.
 * @throws {Error} when it has seen one that this server does not know
 */
export async function listPendingMigrations(
  database: Queryable,
  migrations: readonly MigrationFile[] = readMigrations(),
): Promise<readonly MigrationFile[]> {
  const [row] = await database.query<{ exists: boolean }>(
    "select to_regclass('audit.migrations') is not null as exists",
  );
  return row?.exists === true ? pendingMigrations(database, migrations) : migrations;
}

async function pendingMigrations(
  transaction: Queryable,
  migrations: readonly MigrationFile[],
): Promise<MigrationFile[]> {
  const applied = await transaction.query<{ version: number }>('select version from audit.migrations');
  const versions = new Set(applied.map((row) => row.version));
  const newest = migrations.at(-1)?.version ?? 0;
  const unknown = [...versions].filter((version) => version > newest);
  if (unknown.length > 0) {
    throw new Error(
      `the database is at version ${Math.max(...unknown)}, this server knows ${newest}: start a newer audit-server`,
    );
  }
  return migrations.filter((migration) => !versions.has(migration.version));
}
