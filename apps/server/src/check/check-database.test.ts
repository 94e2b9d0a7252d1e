import { join } from 'node:path';
import { createDatabase } from '@audit/environments';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { readTask, type ServerSettings } from '../settings.ts';
import { startServer } from '../start-server.ts';
import { openPostgres } from '../store/postgres.ts';
import { tamper } from '../test-support/tamper.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { checkDatabase } from './check-database.ts';

function settingsFor(databaseUrl: string, ...flags: string[]): ServerSettings {
  const flagsOfAll = ['--database-url', databaseUrl, '--data-dir', temporaryDirectory()];
  const task = readTask([...flagsOfAll, ...flags]);
  if ('settings' in task) return task.settings;
  throw new Error('the flags ask for no server');
}

/** Lets a server found its log in a database, and change it a little at the end. */
async function found(databaseUrl: string, file: string, ...changes: string[]): Promise<void> {
  const database = openPostgres({ url: databaseUrl, onIdleError: () => {} });
  const server = await startServer({ database, signingKey: { file }, logger: pino({ level: 'silent' }) });
  if (changes.length > 0) await tamper(database, ...changes);
  await server.close();
}

async function checked(settings: ServerSettings): Promise<unknown[]> {
  const findings = await checkDatabase(settings);
  return findings.map(({ check, detail, exitCode, outcome }) =>
    outcome === 'failed' ? [check, exitCode, detail] : [check, outcome],
  );
}

it('a database is looked at without being changed: new, founded, with another key, changed by somebody', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const file = join(temporaryDirectory(), 'signing-key');
  const settings = settingsFor(url, '--signing-key', file);
  const isNew = [
    ['database', 'ok'],
    ['migrations', 'note'],
  ];
  expect([await checked(settings), await checked(settings)]).toEqual([isNew, isNew]);
  await found(url, file);
  const isThere = [
    ['database', 'ok'],
    ['migrations', 'ok'],
    ['rights', 'ok'],
  ];
  expect(await checked(settings)).toEqual([...isThere, ['log', 'ok']]);
  expect(await checked(settingsFor(url))).toEqual([
    ...isThere,
    [
      'log',
      4,
      expect.stringMatching(/signing-key does not have audit\.local\/default\+\S+, which signs the log$/),
    ],
  ]);
  await found(url, file, "update audit.logs set checkpoint = 'no checkpoint'");
  expect(await checked(settings)).toEqual([
    ...isThere,
    ['log', 3, expect.stringMatching(/^log default was changed by somebody who could not sign it/)],
  ]);
});

it('a role without the rights of the service is told which it lacks', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const file = join(temporaryDirectory(), 'signing-key');
  await found(url, file);
  const owner = openPostgres({ url, onIdleError: () => {} });
  const role = `checked_${crypto.randomUUID().replaceAll('-', '')}`;
  await owner.query(`create role ${role} login password 'checked'`);
  await owner.query(`grant usage on schema audit to ${role}`);
  await owner.query(`grant select on audit.migrations to ${role}`);
  const asRole = new URL(url);
  asRole.username = role;
  asRole.password = 'checked';
  const [, , rights] = await checkDatabase(settingsFor(asRole.href, '--signing-key', file));
  expect(rights).toMatchObject({ check: 'rights', outcome: 'failed', exitCode: 4 });
  expect(rights?.detail).toContain('insert on audit.contents');
  expect(rights?.detail).toContain('update of checkpoint on audit.logs');
  await owner.query(`drop owned by ${role}`);
  await owner.query(`drop role ${role}`);
  await owner.close();
});

it('a database that cannot be had is a finding', async () => {
  const nowhere = new URL(inject('postgresUrl'));
  nowhere.pathname = '/nowhere';
  expect(await checked(settingsFor(nowhere.href))).toEqual([
    ['database', 4, 'database "nowhere" does not exist'],
  ]);
});
