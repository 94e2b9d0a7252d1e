import type { FastifyBaseLogger } from 'fastify';
import { openDatabase } from './open-database.ts';
import type { ServerSettings } from './settings.ts';
import { migrate } from './store/migrate.ts';
import { readServiceRole } from './store/sql.ts';

/**
 * Brings a PostgreSQL database to this version and gives the role `audit_service` its rights, so that the service
 * itself needs no more than these. Changes nothing when nothing is to be done.
 * @returns the versions that were applied
 */
export async function migrateAsOwner(
  settings: Pick<ServerSettings, 'databaseUrl' | 'dataDir'>,
  logger: FastifyBaseLogger,
): Promise<readonly number[]> {
  const database = await openDatabase(settings, logger);
  try {
    const applied = await migrate(database);
    await database.transaction((transaction) => transaction.execute(readServiceRole()));
    return applied;
  } finally {
    await database.close();
  }
}
