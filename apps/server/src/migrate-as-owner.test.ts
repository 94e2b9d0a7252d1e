import { createDatabase } from '@audit/environments';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { migrateAsOwner } from './migrate-as-owner.ts';
import { openPostgres } from './store/postgres.ts';
import { readMigrations, readQuery } from './store/sql.ts';

const logger = pino({ level: 'silent' });

it('migrates once, gives the service role all that the service needs, and may be run again', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'));
  const settings = { databaseUrl, dataDir: 'of no embedded database' };
  expect(await migrateAsOwner(settings, logger)).toEqual(readMigrations().map(({ version }) => version));
  expect(await migrateAsOwner(settings, logger)).toEqual([]);
  const database = openPostgres({ url: databaseUrl, onIdleError: () => {} });
  const missing = await database.transaction(async (transaction) => {
    await transaction.execute('set local role audit_service');
    return transaction.query(readQuery('find-missing-rights'));
  });
  await database.close();
  expect(missing).toEqual([]);
});
