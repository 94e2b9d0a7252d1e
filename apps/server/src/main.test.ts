import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCache, createDatabase, startPostgres } from '@audit/environments';
import { specHash, specVersion } from '@audit/schema';
import { beforeEach, expect, inject, it, onTestFinished } from 'vitest';
import { openPostgres } from './store/postgres.ts';
import { checkChain } from './test-support/check-chain.ts';
import { checkTree } from './test-support/check-tree.ts';
import { sampleEvent } from './test-support/sample-events.ts';
import { tamper } from './test-support/tamper.ts';
import { readLogKeys } from './tree/log-key-store.ts';

const main = new URL('./main.ts', import.meta.url).pathname;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-main-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly ready: { readonly url: string; readonly metricsUrl?: string };
  readonly output: () => string;
}

function launch(parameters: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=@audit/source', main, ...parameters], {
    env: { PATH: process.env.PATH, ...compileCache, AUDIT_DATA_DIR: directory, AUDIT_PORT: '0', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function start(parameters: readonly string[] = [], env: Record<string, string> = {}): Promise<Started> {
  const child = launch(parameters, env);
  let output = '';
  const ready = await new Promise<{ url: string }>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('\n')) resolve(JSON.parse(output));
    });
    child.once('exit', (code) => reject(new Error(`audit-server ended with ${code}`)));
  });
  return { child, ready, output: () => output };
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; stderr: string; stdout: string }> {
  let stderr = '';
  let stdout = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [code] = await once(child, 'close');
  return { code, stderr, stdout };
}

async function readiness({ ready }: Started): Promise<{ readonly status: string }> {
  return (await (await fetch(`${ready.url}/readyz`)).json()) as { status: string };
}

function post(url: string, event: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/api/v1/audit/events`, { method: 'POST', headers, body: JSON.stringify(event) });
}

// Making the embedded database takes longer than the rest of the test: all of its life is in one.
it('keeps its events in a directory that no other process may use, when it is stopped and when it is killed', async () => {
  const first = await start();
  expect(first.ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    logId: 'default',
    specVersion,
    specHash,
    database: 'embedded',
  });
  const send = async ({ ready }: Started, events: readonly object[]) => {
    const statuses = new Set<number>();
    for (const event of events) statuses.add((await post(ready.url, event)).status);
    return [...statuses];
  };
  const events = Array.from({ length: 20 }, () => sampleEvent());
  expect(await send(first, events)).toEqual([201]);
  first.child.kill('SIGTERM');
  expect((await outcome(first.child)).code).toBe(0);
  expect(first.output().trimEnd().split('\n')).toHaveLength(1);

  const second = await start();
  const other = await outcome(launch([]));
  expect([other.code, other.stderr]).toEqual([
    4,
    `audit-server: cannot start: ${directory} is in use by process ${second.child.pid}: stop it or choose another directory\n`,
  ]);
  expect(await send(second, events)).toEqual([200]);
  const later = Array.from({ length: 20 }, () => sampleEvent());
  expect(await send(second, later)).toEqual([201]);
  second.child.kill('SIGKILL');
  await once(second.child, 'close');

  expect(await send(await start(), [...events, ...later])).toEqual([200]);
}, 60_000);

it('answers the request that is under way when SIGTERM comes', async () => {
  const server = await start([], { DATABASE_URL: await createDatabase(inject('postgresUrl')) });
  const answers = Array.from({ length: 50 }, () => post(server.ready.url, sampleEvent()));
  await Promise.race(answers);
  server.child.kill('SIGTERM');
  const ended = outcome(server.child);
  const statuses = await Promise.allSettled(answers);
  const answered = statuses.flatMap((result) => (result.status === 'fulfilled' ? [result.value.status] : []));
  expect(new Set(answered)).toEqual(new Set([201]));
  expect((await ended).code).toBe(0);
});

it('says that it is not ready first and goes on serving for the delay, until a second signal ends it at once', async () => {
  const delay = ['--shutdown-delay-seconds', '200', '--shutdown-timeout-seconds', '300'];
  const server = await start([...delay, '--metrics-port', '0'], {
    DATABASE_URL: await createDatabase(inject('postgresUrl')),
  });
  const ended = outcome(server.child);
  server.child.kill('SIGTERM');
  while ((await readiness(server)).status !== 'not_ready');
  const answer = await post(server.ready.url, sampleEvent());
  expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
  expect((await fetch(`${server.ready.metricsUrl}/metrics`)).status).toBe(200);
  server.child.kill('SIGINT');
  expect((await ended).code).toBe(130);
});

it('ends with 0 after the delay, although a client never ends its request', async () => {
  const server = await start(['--shutdown-delay-seconds', '1', '--shutdown-timeout-seconds', '3'], {
    DATABASE_URL: await createDatabase(inject('postgresUrl')),
  });
  const { hostname, port } = new URL(server.ready.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('POST /api/v1/audit/events HTTP/1.1\r\nhost: audit\r\ncontent-type: application/json\r\n');
  socket.write('content-length: 100\r\n\r\n{');
  expect((await post(server.ready.url, sampleEvent())).status).toBe(201);
  const ended = outcome(server.child);
  server.child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

it('goes on with the tree of a server that was killed while it wrote', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const first = await start([], { DATABASE_URL: url });
  const sent = Array.from({ length: 40 }, () => post(first.ready.url, sampleEvent()));
  await Promise.race(sent);
  first.child.kill('SIGKILL');
  await Promise.allSettled([...sent, once(first.child, 'close')]);
  const second = await start([], { DATABASE_URL: url });
  expect((await post(second.ready.url, sampleEvent())).status).toBe(201);
  const database = openPostgres({ url, onIdleError: () => {} });
  const [key] = await readLogKeys(database, 'default');
  expect(await checkTree(database, key?.key ?? '')).toBe(await checkChain(database));
  await database.close();
});

it('ends with 3 and one line when the store is not what was signed', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const first = await start([], { DATABASE_URL: url });
  expect((await post(first.ready.url, sampleEvent())).status).toBe(201);
  first.child.kill('SIGTERM');
  await once(first.child, 'close');
  const database = openPostgres({ url, onIdleError: () => {} });
  await tamper(database, 'delete from audit.contents', 'update audit.logs set size = 0');
  await database.close();
  const ended = await outcome(launch(['--database-url', url]));
  expect([ended.code, ended.stdout]).toEqual([3, '']);
  expect(ended.stderr.trimEnd().split('\n').at(-1)).toBe(
    'audit-server: cannot start: log default was changed by somebody who could not sign it: ' +
      'it has 0 records and a checkpoint over 1',
  );
});

it('ends with 4 and one line when the database refuses it', async () => {
  const url = new URL(inject('postgresUrl'));
  url.pathname = '/nowhere';
  const ended = await outcome(launch(['--database-url', url.href]));
  expect([ended.code, ended.stdout]).toEqual([4, '']);
  expect(ended.stderr).toBe('audit-server: cannot start: database "nowhere" does not exist\n');
});

it('ends with 4 and one line when its spool cannot be kept', async () => {
  const spoolDir = join(directory, 'file');
  writeFileSync(spoolDir, '');
  const env = { DATABASE_URL: await createDatabase(inject('postgresUrl')), AUDIT_SPOOL_DIR: spoolDir };
  const ended = await outcome(launch([], env));
  expect([ended.code, ended.stdout]).toEqual([4, '']);
  expect(ended.stderr).toMatch(/^audit-server: cannot start: .*file.*\n$/);
});

it('stores once what it accepted in an outage, in order, through kill -9 and starts without the database', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const url = await createDatabase(postgres.url);
  const env = { DATABASE_URL: url };
  const events = Array.from({ length: 30 }, () => sampleEvent());
  const send = async (server: Started, from: number, to: number) => {
    const statuses: number[] = [];
    for (const event of events.slice(from, to)) statuses.push((await post(server.ready.url, event)).status);
    return statuses;
  };
  const kill = async ({ child }: Started) => {
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  const first = await start([], env);
  expect(await send(first, 0, 10)).toEqual(Array(10).fill(201));
  await postgres.kill();
  // The backends of a killed PostgreSQL live a moment longer, and may still commit.
  const statuses = await send(first, 10, 20);
  expect([statuses.filter((status) => status !== 201 && status !== 202), statuses.at(-1)]).toEqual([[], 202]);
  await kill(first);
  const second = await start([], env);
  // A producer that did not get its answers sends again.
  expect(await send(second, 15, 30)).toEqual(Array(15).fill(202));
  await kill(second);
  await postgres.restart();
  const third = await start([], env);
  while ((await readiness(third)).status !== 'ready');
  const database = openPostgres({ url, onIdleError: () => {} });
  const rows = await database.query<{ event_id: string }>(
    'select event_id::text as event_id from audit.records order by sequence',
  );
  expect(rows.map((row) => row.event_id)).toEqual(events.map((event) => event.event_id));
  expect(await checkChain(database)).toBe(30);
  await database.close();
});

it('stops with 0 while the database is away, and keeps what it accepted', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const env = { DATABASE_URL: await createDatabase(postgres.url) };
  await postgres.kill();
  const first = await start([], env);
  const event = sampleEvent();
  expect((await post(first.ready.url, event)).status).toBe(202);
  first.child.kill('SIGTERM');
  expect((await outcome(first.child)).code).toBe(0);
  await postgres.restart();
  const second = await start([], env);
  while ((await readiness(second)).status !== 'ready');
  expect((await post(second.ready.url, event)).status).toBe(200);
});

it('takes its limits from flags and variables', async () => {
  const { ready } = await start(['--batch-events-max', '7', '--event-past-seconds-max', '60'], {
    DATABASE_URL: await createDatabase(inject('postgresUrl')),
    AUDIT_BODY_BYTES_MAX: '300000',
    AUDIT_EVENT_FUTURE_SECONDS_MAX: '0',
    AUDIT_BATCH_EVENTS_MAX: '9',
  });
  const answer = await fetch(`${ready.url}/api/v1/audit/limits`);
  expect(await answer.json()).toMatchObject({
    batch_events_max: 7,
    body_bytes_max: 300_000,
    event_timestamp_future_max_seconds: 0,
    event_timestamp_past_max_seconds: 60,
  });
});

it('puts the retention policy it is given in force', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  await start(['--retention', 'default=100,gateway=7'], { DATABASE_URL: url });
  const database = openPostgres({ url, onIdleError: () => {} });
  const policy = await database.query('select * from audit.retention_policies order by event_category');
  await database.close();
  expect(policy).toEqual([
    { event_category: '*', retention_days: 100 },
    { event_category: 'gateway', retention_days: 7 },
  ]);
});

it('takes events of a service outside the contract when it is told of them', async () => {
  const events = join(directory, 'deployer-events.mjs');
  const schema = new URL('../../../packages/schema/src/index.ts', import.meta.url).href;
  writeFileSync(
    events,
    `import { defineEvent } from '${schema}';
     export const deployerEvents = {
       deployStarted: defineEvent({ type: 'deployer.deploy.started', category: 'deployer', action: 'started', payload: {} }),
     };`,
  );
  const { ready } = await start(['--events', events], {
    DATABASE_URL: await createDatabase(inject('postgresUrl')),
  });
  const event = {
    ...sampleEvent(),
    event_type: 'deployer.deploy.started',
    event_category: 'deployer',
    event_data: { event_type: 'deployer.deploy.started' },
  };
  expect((await post(ready.url, event)).status).toBe(201);
});

it('does not start on a module without events', async () => {
  const events = join(directory, 'nothing.mjs');
  writeFileSync(events, 'export const nothing = 1;');
  const ended = await outcome(launch(['--events', events]));
  expect([ended.code, ended.stderr]).toEqual([
    4,
    `audit-server: cannot start: ${events} exports no event type: export what defineEvent returns\n`,
  ]);
});

it('ends with 2 and one line for every wrong setting and every wrong file that one names', async () => {
  const policy = join(directory, 'policy.json');
  writeFileSync(policy, '{"tokens":[{"principal":"gateway","roles":["writer"],"sha256":"secret"}]}');
  const wrong: [string[], Record<string, string>, string][] = [
    [['--port', '65536'], {}, '--port'],
    [[], { DATABASE_URL: 'secret' }, 'DATABASE_URL'],
    [['--access-policy', policy], {}, `${policy}: /tokens/0/sha256: expected 64 hex digits`],
    [[], { AUDIT_ACCESS_POLICY: join(directory, 'gone.json') }, 'AUDIT_ACCESS_POLICY: ENOENT'],
    [['--tls-cert', policy, '--tls-key', policy], {}, '--tls-cert and --tls-key'],
  ];
  const results = await Promise.all(wrong.map(([flags, env]) => outcome(launch(flags, env))));
  results.forEach((ended, index) => {
    expect([ended.code, ended.stdout, ended.stderr.trimEnd().split('\n')]).toEqual([
      2,
      '',
      [expect.any(String)],
    ]);
    expect(ended.stderr).toContain(wrong[index]?.[2]);
    expect(ended.stderr).not.toContain('secret');
  });
});

it('makes a token whose entry lets it in, on any address, and takes another policy on SIGHUP', async () => {
  const made = await outcome(launch(['token', 'gateway', '--role', 'writer', 'reader']));
  const [, entry = ''] = made.stderr.split('\n');
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^audit_[\w-]{43}\n$/)]);
  expect(entry).not.toContain(made.stdout.trimEnd());
  const policy = join(directory, 'policy.json');
  writeFileSync(policy, `{"tokens":[${entry}]}`);
  const flags = ['--host', '0.0.0.0', '--access-policy', policy];
  const { child, ready } = await start(flags, { DATABASE_URL: await createDatabase(inject('postgresUrl')) });
  const url = `http://127.0.0.1:${new URL(ready.url).port}/api/v1/audit/events`;
  const headers = { authorization: `Bearer ${made.stdout.trimEnd()}` };
  const status = async () => (await fetch(url, { headers })).status;
  expect([await status(), (await fetch(url)).status]).toEqual([200, 401]);
  writeFileSync(policy, '{}');
  child.kill('SIGHUP');
  while ((await status()) === 200);
  expect(await status()).toBe(401);
});

it('checks everything without starting or making anything, and says with its exit code what is wrong', async () => {
  const data = join(directory, 'data');
  const checked = await outcome(launch(['check', '--json', '--data-dir', data]));
  const findings = checked.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([checked.code, checked.stderr]).toEqual([0, '']);
  expect(findings.map(({ check, outcome }) => [check, outcome])).toEqual([
    ['events', 'ok'],
    ['access policy', 'note'],
    ['signing key', 'note'],
    ['database', 'note'],
  ]);
  expect(existsSync(data)).toBe(false);
  const policy = join(directory, 'policy.json');
  writeFileSync(policy, '{"tokens":1}');
  const wrong = await outcome(launch(['check', '--data-dir', data, '--access-policy', policy]));
  expect([wrong.code, wrong.stdout.split('\n')[1]]).toEqual([
    2,
    `failed  access policy  --access-policy or AUDIT_ACCESS_POLICY: ${policy}: /tokens: expected array, received number`,
  ]);
});
