import type { FastifyBaseLogger } from 'fastify';
import type { ServerSettings } from './settings.ts';
import type { Database } from './store/database.ts';

/** Opens the database of the settings. Each engine is loaded only when it is used: the embedded one is large. */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<ServerSettings, 'databaseUrl' | 'dataDir'>,
  logger: FastifyBaseLogger,
): Promise<Database> {
  if (databaseUrl === undefined) {
    const { openPglite } = await import('./store/pglite.ts');
    return openPglite(dataDir);
  }
  const { openPostgres } = await import('./store/postgres.ts');
  return openPostgres({
    url: databaseUrl,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection failed'),
  });
}
