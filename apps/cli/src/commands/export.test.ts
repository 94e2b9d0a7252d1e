import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type AuditServer, createDatabase, startAuditServer } from '@audit/environments';
import { unseenCharacter } from '@audit/schema';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { sampleEvent } from '../test-support/sample-event.ts';
import { keyOf } from '../test-support/store-events.ts';
import { closedUrl, startStubServer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { serveVectorLog } from '../test-support/vector-log.ts';

const records = ['{"sequence":0}', '{"sequence":1}'].map((line) => `${line}\n`).join('');
const answer = (size = 2) => ({ status: 200, body: records, headers: { 'audit-log-size': String(size) } });

/** A server whose answer breaks off after its first bytes. */
async function startBreakingServer(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'audit-log-size': '2' });
    response.write(records.slice(0, 20), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // A TCP server that listens has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('audit export from a server', () => {
  let server: AuditServer;

  beforeAll(async () => {
    const environment = { DATABASE_URL: await createDatabase(inject('postgresUrl')) };
    server = await startAuditServer({ program: 'sources', environment });
    for (let number = 1; number <= 3; number++) {
      await fetch(`${server.url}/api/v1/audit/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: sampleEvent(number, { resource_id: '\u001b[2J\u202e=1+1' }),
      });
    }
  });

  afterAll(() => server.stop());

  it('takes the records out, so that they verify offline', async () => {
    const file = join(temporaryDirectory(), 'trail.jsonl');
    const exported = await runCommand(['export', '--url', server.url, '--output', file]);
    expect(exported).toMatchObject({ exitCode: 0, stdout: '' });
    // The last one tells of the export.
    expect(exported.stderr).toMatch(/^4 records \(.* KiB\) of a log of 4 in /);
    const verified = await runCommand(['verify', file, '--consistency-only', '--to-sequence', '3']);
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
    const printed = await runCommand(['export', '--url', server.url, '--to-sequence', '3']);
    expect(printed).toEqual({ exitCode: 0, stdout: readFileSync(file, 'utf8'), stderr: '' });
    const csv = await runCommand(['export', '--url', server.url, '--format', 'csv', '--to-sequence', '0']);
    expect(csv.stdout.split('\r\n')).toHaveLength(3);
    const refused = await runCommand(['export', '--url', server.url, '--since', 'yesterday']);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('/since')]);
  });

  it('writes the checkpoint that proves the whole log beside it', async () => {
    const file = join(temporaryDirectory(), 'trail.jsonl');
    const checkpoint = join(temporaryDirectory(), 'checkpoint');
    const whole = ['--output', file, '--with-checkpoint', checkpoint];
    expect((await runCommand(['export', '--url', server.url, ...whole])).exitCode).toBe(0);
    const evidence = ['--checkpoint', checkpoint, '--key', await keyOf(server.url)];
    expect((await runCommand(['verify', file, ...evidence])).exitCode).toBe(0);
  });
});

describe('audit export', () => {
  it('asks for what was chosen, with the token, and for nothing else', async () => {
    const server = await startStubServer(() => answer());
    const filters = ['--correlation', 'rr-a&b', '--type', 't', '--category', 'c', '--outcome', 'failure'];
    const more = [
      '--severity',
      's',
      '--since',
      '7d',
      '--until',
      '1h',
      '--from-sequence',
      '0',
      '--to-sequence',
      '9',
    ];
    const access = ['--url', `${server.url}/prefix`, '--token', 'secret'];
    expect((await runCommand(['export', ...access, ...filters, ...more])).exitCode).toBe(0);
    expect(server.requests).toMatchObject([
      {
        path: '/prefix/api/v1/audit/export?format=jsonl&correlation_id=rr-a%26b&event_type=t&event_category=c&event_outcome=failure&severity=s&since=7d&until=1h&from_sequence=0&to_sequence=9',
        headers: { authorization: 'Bearer secret' },
      },
    ]);
  });

  it('gives the file its name only when all of it came, for its owner alone', async () => {
    const server = await startStubServer(() => answer());
    const folder = temporaryDirectory();
    const file = join(folder, 'trail.jsonl');
    writeFileSync(file, 'before');
    const broken = await runCommand(['export', '--url', await startBreakingServer(), '--output', file]);
    expect([broken.exitCode, broken.stderr]).toEqual([4, expect.stringContaining('cannot reach')]);
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['trail.jsonl'], 'before']);
    expect((await runCommand(['export', '--url', server.url, '--output', file])).exitCode).toBe(0);
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['trail.jsonl'], records]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('asks for a pack with the same filters, and for personal data only when told', async () => {
    const server = await startStubServer(() => answer());
    const pack = ['export', '--url', server.url, '--format', 'pack', '--correlation', 'rr-a'];
    const ended = await runCommand([...pack, '--output', join(temporaryDirectory(), 'trail.pack')]);
    expect([ended.exitCode, ended.stderr]).toEqual([0, expect.stringMatching(/^30 B of a log of 2 in /)]);
    expect((await runCommand([...pack, '--disclosures'])).stdout).toBe(records);
    expect((await runCommand(['export', '--url', server.url, '--disclosures'])).exitCode).toBe(0);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/v1/audit/evidence-pack?correlation_id=rr-a',
      '/api/v1/audit/evidence-pack?correlation_id=rr-a&disclosures=included',
      '/api/v1/audit/export?format=jsonl&disclosures=included',
    ]);
  });

  it('writes no checkpoint when the export fails', async () => {
    const { url } = await serveVectorLog({ '/api/v1/audit/export': { status: 503 } });
    const folder = temporaryDirectory();
    const files = ['--output', join(folder, 'trail.jsonl'), '--with-checkpoint', join(folder, 'checkpoint')];
    const ended = await runCommand(['export', '--url', url, ...files]);
    expect([ended.exitCode, readdirSync(folder)]).toEqual([4, []]);
  });

  it.each([
    [['--format', 'csv']],
    [['--format', 'pack']],
    [['--correlation', 'rr-a']],
    [['--from-sequence', '1']],
    [['--to-sequence', '1']],
  ])('refuses a checkpoint beside %j, which it does not vouch for', async (options) => {
    const ended = await runCommand(['export', '--url', 'http://x', '--with-checkpoint', 'c', ...options]);
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining('--with-checkpoint')]);
  });

  it('keeps what came and says so when records are missing in the log', async () => {
    const server = await startStubServer(() => answer(3));
    const file = join(temporaryDirectory(), 'trail.jsonl');
    const ended = await runCommand(['export', '--url', server.url, '--output', file]);
    expect([ended.exitCode, ended.stderr]).toEqual([
      3,
      expect.stringContaining('2 records came where the log should have 3'),
    ]);
    expect(readFileSync(file, 'utf8')).toBe(records);
  });

  it('keeps nothing when the person stops it', async () => {
    const server = await startStubServer(() => answer());
    const folder = temporaryDirectory();
    const commandLine = ['export', '--url', server.url, '--output', join(folder, 'trail.jsonl')];
    const ended = await runCommand(commandLine, { signal: AbortSignal.abort() });
    expect([ended.exitCode, ended.stderr, readdirSync(folder)]).toEqual([
      1,
      'audit: stopped; nothing is kept of the export\n',
      [],
    ]);
  });

  it('does not write exact bytes to a terminal', async () => {
    const ended = await runCommand(['export', '--url', await closedUrl()], { answer: '' });
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
  });

  it('shows progress on a terminal only, and removes it', async () => {
    const server = await startStubServer(() => answer());
    const commandLine = [
      'export',
      '--url',
      server.url,
      '--output',
      join(temporaryDirectory(), 'trail.jsonl'),
    ];
    const { stderr } = await runCommand(commandLine, { answer: '' });
    expect(stderr).toContain('2 of 2 records\r\u001b[K2 records (30 B)');
    expect((await runCommand(commandLine)).stderr).not.toContain('\r');
  });

  it.each([
    ['a login page', { status: 200, body: '<html>' }, 4],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 4],
    ['a problem', { status: 503, body: { detail: 'later\u001b' } }, 4],
    ['a refusal', { status: 400, body: { detail: 'no' } }, 2],
  ] as const)('takes %s for no export', async (_, stubbed, exitCode) => {
    const server = await startStubServer(() => stubbed);
    const ended = await runCommand(['export', '--url', server.url]);
    expect([ended.exitCode, ended.stdout]).toEqual([exitCode, '']);
    expect(ended.stderr).toMatch(/^audit: .*\n$/);
    expect(ended.stderr.trim()).not.toMatch(unseenCharacter);
  });

  it('says that nobody is there', async () => {
    expect((await runCommand(['export', '--url', await closedUrl()])).exitCode).toBe(4);
    expect((await runCommand(['export'])).exitCode).toBe(2);
    expect((await runCommand(['export', '--correlation', ''])).exitCode).toBe(2);
  });
});
