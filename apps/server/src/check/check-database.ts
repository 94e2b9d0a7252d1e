import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { openDatabase } from '../open-database.ts';
import { type ServerSettings, signingKeyFile } from '../settings.ts';
import { StartRefusedError } from '../start-refused-error.ts';
import type { Database } from '../store/database.ts';
import { listPendingMigrations } from '../store/migrate.ts';
import { readQuery } from '../store/sql.ts';
import { checkStoredLog } from '../tree/check-stored-log.ts';
import { readLogKeys } from '../tree/log-key-store.ts';
import { readSigningKey } from '../tree/signing-key-file.ts';
import { type Finding, looking, note, ok } from './finding.ts';

const queries = { findMissingRights: readQuery('find-missing-rights') };
const logId = 'default';

/** Checks that the database can be used as it is, and that its log is the one that was signed. Changes nothing. */
export async function checkDatabase(settings: ServerSettings): Promise<readonly Finding[]> {
  const { databaseUrl, dataDir } = settings;
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'pgdata'))) {
    return [note('database', `the embedded one is not there yet; the first start makes it in ${dataDir}`)];
  }
  return looking('database', async () => {
    const database = await openDatabase(settings, pino({ level: 'silent' }));
    try {
      return await inspect(database, settings);
    } finally {
      await database.close();
    }
  });
}

async function inspect(database: Database, settings: ServerSettings): Promise<readonly Finding[]> {
  const [row] = await database.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const reached = ok(
    'database',
    `PostgreSQL ${row?.version}${settings.databaseUrl === undefined ? ', embedded' : ''}`,
  );
  const pending = await looking('migrations', () => checkMigrations(database));
  // What else there is to see needs the newest tables.
  if (pending.some(({ outcome }) => outcome !== 'ok')) return [reached, ...pending];
  const rest = [
    ...(await looking('rights', () => checkRights(database))),
    ...(await looking('log', () => checkLog(database, settings))),
  ];
  return [reached, ...pending, ...rest];
}

async function checkMigrations(database: Database): Promise<readonly Finding[]> {
  const pending = await listPendingMigrations(database);
  if (pending.length === 0) return [ok('migrations', 'none to come')];
  const names = pending.map(({ name, version }) => `${version} ${name}`).join(', ');
  return [note('migrations', `to come at the next start: ${names}`)];
}

async function checkRights(database: Database): Promise<readonly Finding[]> {
  const rows = await database.query<{ missing: string }>(queries.findMissingRights);
  if (rows.length === 0) return [ok('rights', 'the role has those that the service needs')];
  const missing = rows.map((each) => each.missing).join(', ');
  throw new StartRefusedError(`the role lacks ${missing}: run audit-server migrate as the owner`);
}

async function checkLog(database: Database, settings: ServerSettings): Promise<readonly Finding[]> {
  const current = (await readLogKeys(database, logId)).at(-1);
  if (current === undefined) return [note('log', 'there is none yet; the first start founds it')];
  await checkStoredLog(database, logId, current);
  const signed = ok('log', `ends where ${current.key} signed`);
  const file = signingKeyFile(settings);
  const signer = await readSigningKey(file);
  if (signer?.verifier.text === current.key || settings.rotateSigningKey === true) return [signed];
  throw new StartRefusedError(`${file} does not have ${current.key}, which signs the log`);
}
