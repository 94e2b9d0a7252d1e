import { join } from 'node:path';
import type {} from '@audit/environments';
import { inspectSpool, readDeadLetters } from '@audit/spool';
import { describe, expect, inject, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { freshEvent, sampleEvent, sampleEventId } from '../../test-support/sample-event.ts';
import { closedUrl, type StubAnswer, startStubServer } from '../../test-support/stub-server.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const replay = (directory: string, url: string, ...rest: readonly string[]) => [
  ...['spool', 'replay', directory, '--url', url, '--patience', '0'],
  ...rest,
];

const newDirectory = () => join(temporaryDirectory(), '0');

describe('audit spool replay', () => {
  it('delivers everything that waits, and is safe to repeat', async () => {
    const waiting = Array.from({ length: 1_200 }, freshEvent);
    const directory = await leaveSpool(newDirectory(), { waiting });
    const url = inject('auditServerUrl');
    const first = await runCommand(replay(directory, url));
    expect(first).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "1,200 events delivered, 0 dead letters, 0 damaged, 0 waiting
      ",
      }
    `);
    expect((await inspectSpool(directory)).entries).toBe(0);
    const again = await leaveSpool(newDirectory(), { waiting });
    expect((await runCommand(replay(again, url))).stdout).toBe(first.stdout);
  });

  it('keeps what the server refuses as dead letters, and says how to see why', async () => {
    const waiting = [freshEvent(), sampleEvent(1, { event_outcome: 'maybe' }), freshEvent()];
    const directory = await leaveSpool(newDirectory(), { waiting });
    const ended = await runCommand(replay(directory, inject('auditServerUrl')));
    expect(ended.exitCode).toBe(1);
    expect((ended.stdout + ended.stderr).replaceAll(directory, '<spool>')).toMatchInlineSnapshot(`
      "2 events delivered, 1 dead letter, 0 damaged, 0 waiting
      audit: the server refused 1 event: "audit dead-letters list --directory <spool>" shows why
      "
    `);
    expect((await readDeadLetters(directory)).map(({ key }) => key)).toEqual([sampleEventId(1)]);
  });

  it('refuses a spool that a process holds', async () => {
    await using spool = await holdSpool(newDirectory(), { waiting: [sampleEvent(1)] });
    const { exitCode, stderr } = await runCommand(replay(spool.directory, inject('auditServerUrl')));
    expect(stderr).toContain(`audit: ${spool.directory} is in use by`);
    expect(exitCode).toBe(4);
    expect(spool.statistics().entries).toBe(1);
  });

  it.each<[string, StubAnswer]>([
    [
      'is overloaded',
      { status: 503, body: { detail: 'The store is away.' }, headers: { 'retry-after': '60' } },
    ],
    ['refuses the token', { status: 401, body: { title: 'Unauthorized' } }],
    ['is another one', { status: 404, body: '<html>' }],
  ])('exits with 4 when the server %s, and keeps everything', async (_, answer) => {
    const directory = await leaveSpool(newDirectory(), { waiting: [sampleEvent(1), sampleEvent(2)] });
    const server = await startStubServer(() => answer);
    const { exitCode, stdout, stderr } = await runCommand(replay(directory, server.url));
    expect(stdout).toBe('0 events delivered, 0 dead letters, 0 damaged, 2 waiting\n');
    expect(stderr).toMatch(/^audit: 2 events still waiting: .+\n$/);
    expect(exitCode).toBe(4);
    expect((await inspectSpool(directory)).entries).toBe(2);
  });

  it('exits with 4 at once when nobody listens', async () => {
    const directory = await leaveSpool(newDirectory(), { waiting: [sampleEvent(1)] });
    const url = await closedUrl();
    const { exitCode, stderr } = await runCommand(replay(directory, url, '--patience', '3600'));
    expect([exitCode, stderr]).toEqual([4, `audit: cannot reach ${url}/: ECONNREFUSED\n`]);
  });

  it('goes on where it was interrupted', async () => {
    const waiting = Array.from({ length: 600 }, freshEvent);
    const directory = await leaveSpool(newDirectory(), { waiting });
    const stopping = new AbortController();
    const answers: StubAnswer[] = [{ status: 201 }];
    const server = await startStubServer(({ path }) => {
      const answer = path.endsWith('/batch') ? answers.shift() : { status: 404 };
      if (answer !== undefined) return answer;
      stopping.abort();
      return new Promise(() => {});
    });
    const interrupted = await runCommand(replay(directory, server.url), { signal: stopping.signal });
    expect(interrupted).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "audit: stopped; what waits is kept, and the same command goes on
      ",
        "stdout": "500 events delivered, 0 dead letters, 0 damaged, 100 waiting
      ",
      }
    `);
    const rest = await runCommand(replay(directory, inject('auditServerUrl')));
    expect(rest.stdout).toBe('100 events delivered, 0 dead letters, 0 damaged, 0 waiting\n');
  });

  it('leaves the requests in the spool of a server to the server', async () => {
    const waiting = [freshEvent(), `[${sampleEvent(1)},${sampleEvent(2)}]`];
    const directory = await leaveSpool(newDirectory(), { waiting });
    const { exitCode, stdout, stderr } = await runCommand(replay(directory, inject('auditServerUrl')));
    expect(stdout + stderr).toMatchInlineSnapshot(`
      "1 event delivered, 0 dead letters, 0 damaged, 1 waiting
      audit: 1 event still waiting: the spool is that of an audit server: start audit-server with it as --spool-dir, and it stores what waits
      "
    `);
    expect(exitCode).toBe(4);
    expect((await inspectSpool(directory)).entries).toBe(1);
  });

  it('writes one JSON line for machines', async () => {
    const directory = await leaveSpool(newDirectory(), { waiting: [freshEvent()] });
    const { stdout } = await runCommand(replay(directory, inject('auditServerUrl'), '--json'));
    expect(JSON.parse(stdout)).toEqual({ directory, delivered: 1, dead_letters: 0, damaged: 0, waiting: 0 });
  });
});
