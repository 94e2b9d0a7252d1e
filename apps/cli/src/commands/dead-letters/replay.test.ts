import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {} from '@audit/environments';
import { readDeadLetters } from '@audit/spool';
import { describe, expect, inject, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { freshEvent, sampleEvent, sampleEventId } from '../../test-support/sample-event.ts';
import { closedUrl, type StubAnswer, startStubServer } from '../../test-support/stub-server.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const replay = (root: string, ...rest: readonly string[]) => [
  'dead-letters',
  'replay',
  '--root',
  root,
  ...rest,
];

async function keptKeys(directory: string): Promise<readonly string[]> {
  return (await readDeadLetters(directory)).map(({ key }) => key);
}

describe('audit dead-letters replay', () => {
  it('removes what the server stores, and keeps what it refuses again, with its new reason', async () => {
    const root = temporaryDirectory();
    const url = inject('auditServerUrl');
    const good = [freshEvent(), freshEvent()];
    const bad = sampleEvent(1, { event_outcome: 'maybe' });
    const directory = await leaveSpool(`${root}/gateway/0`, { dead: [...good, bad] });
    const { exitCode, stdout, stderr } = await runCommand(replay(root, '--all', '--url', url));
    expect(stdout.split('\n').slice(2).join('\n')).toMatchInlineSnapshot(`
      "kept 0000000000000003-019bbbd8-dbe5-792d-9ab5-000000000001: 400 The event breaks the contract; nothing was stored. See errors.; /event_outcome: expected "success" or "failure" or "pending", received "maybe"
      2 dead letters replayed, 1 kept
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "audit: the server refused 1 event again
      "
    `);
    expect(exitCode).toBe(1);
    expect(await keptKeys(directory)).toEqual([sampleEventId(1)]);
    for (const text of good) expect(await storedStatus(url, text)).toBe(200);
    const dropped = readFileSync(join(directory, 'dead-letters', 'dropped.jsonl'), 'utf8');
    expect(
      dropped
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).outcome),
    ).toEqual(['replayed', 'replayed']);
  });

  it('sends the exact text, also of a batch that a server gave up', async () => {
    const root = temporaryDirectory();
    const texts = [
      `${sampleEvent(1).slice(0, -1)} , "severity":"info" }`,
      `[${sampleEvent(2)}, ${sampleEvent(3)}]`,
    ];
    await leaveSpool(`${root}/gateway/0`, { dead: texts });
    const server = await startStubServer(({ path }) => ({
      status: 202,
      body: path.endsWith('/batch') ? { event_ids: [] } : { event_id: 'x' },
    }));
    const { exitCode } = await runCommand(replay(root, '--all', '--url', `${server.url}/below`));
    expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/below/api/v1/audit/events', texts[0]],
      ['/below/api/v1/audit/events/batch', texts[1]],
    ]);
    expect(exitCode).toBe(0);
  });

  it('works while the process that produced them runs', async () => {
    const root = temporaryDirectory();
    await using spool = await holdSpool(`${root}/gateway/0`, { dead: [freshEvent()] });
    const { exitCode } = await runCommand(replay(root, '--all', '--url', inject('auditServerUrl')));
    expect(exitCode).toBe(0);
    expect(await spool.deadLetters()).toEqual([]);
  });

  it.each<[string, StubAnswer, string]>([
    ['is overloaded', { status: 503, body: { detail: 'The store is away.' } }, '503 The store is away.'],
    ['wants a token', { status: 401, body: { title: 'Unauthorized' } }, '401 Unauthorized'],
    ['is another one', { status: 404, body: '<html>' }, '404 no reason given'],
    ['is a login page', { status: 200, body: '<html>' }, 'is that an audit server?'],
    ['points elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, '302'],
  ])('exits with 4 when the server %s, and keeps everything', async (_, answer, message) => {
    const root = temporaryDirectory();
    const directory = await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1), sampleEvent(2)] });
    const server = await startStubServer(() => answer);
    const { exitCode, stdout, stderr } = await runCommand(replay(root, '--all', '--url', server.url));
    expect(stderr).toMatch(/^audit: .+\n$/);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([4, '0 dead letters replayed, 2 kept\n']);
    expect(server.requests).toHaveLength(1);
    expect(await keptKeys(directory)).toHaveLength(2);
  });

  it('exits with 4 when nobody listens', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)] });
    const url = await closedUrl();
    const { exitCode, stderr } = await runCommand(replay(root, '--all', '--url', url));
    expect([exitCode, stderr]).toEqual([4, `audit: cannot reach ${url}/: ECONNREFUSED\n`]);
  });

  it('stops between two events when it is asked to, and says what is kept', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1), sampleEvent(2)] });
    const stopping = new AbortController();
    const server = await startStubServer(() => {
      stopping.abort();
      return { status: 201, body: { event_id: sampleEventId(1) } };
    });
    const commandLine = replay(root, '--all', '--url', server.url);
    const { exitCode, stdout } = await runCommand(commandLine, { signal: stopping.signal });
    expect(stdout).toContain('1 dead letter replayed, 1 kept\n');
    expect(exitCode).toBe(1);
    expect((await runCommand(commandLine)).stdout).toContain('1 dead letter replayed, 0 kept\n');
  });

  it.each([
    [['--all'], 'Give --url, AUDIT_URL or a profile'],
    [['--all', '--url', 'localhost:8080'], 'expected an http or https URL'],
    [['--all', '--url', 'http://user:secret@localhost'], 'without user name and password'],
    [['--all', '--url', 'http://localhost', '--token', 'secret\nsecret'], 'expected a token'],
    [['--url', 'http://localhost'], 'Give their ids or --all'],
    [['--all', '--root', '/no/such/directory'], 'Expected an existing directory'],
  ])('exits with 2 on %j and shows no secret', async (rest, message) => {
    const { exitCode, stderr } = await runCommand(['dead-letters', 'replay', ...rest]);
    expect(stderr).toMatch(/^audit: .+\n$/);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
    expect(exitCode).toBe(2);
  });
});

/** What the server says to an event that may be stored already. */
async function storedStatus(url: string, text: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/v1/audit/events`, { method: 'POST', headers, body: text });
  return response.status;
}
