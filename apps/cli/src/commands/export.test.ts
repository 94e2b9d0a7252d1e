import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startAuditServer } from '@audit/environments';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unseenCharacter } from '../output/display-text.ts';
import { runCommand } from '../test-support/run-command.ts';
import { sampleEvent } from '../test-support/sample-event.ts';
import { closedUrl, startStubServer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

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

describe('audit export', () => {
  it('takes the records of a server out, so that they verify offline', async () => {
    const server = await startAuditServer({ program: 'sources' });
    onTestFinished(() => server.stop());
    for (let number = 1; number <= 3; number++) {
      await fetch(`${server.url}/api/v1/audit/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: sampleEvent(number, { resource_id: '\u001b[2J\u202e=1+1' }),
      });
    }
    const file = join(temporaryDirectory(), 'trail.jsonl');
    const exported = await runCommand(['export', '--url', server.url, '--output', file]);
    expect(exported).toMatchObject({ exitCode: 0, stdout: '' });
    expect(exported.stderr).toMatch(/^3 records \(.* KiB\) of a log of 3 in /);
    const verified = await runCommand(['verify', file, '--consistency-only', '--to-sequence', '2']);
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
    const printed = await runCommand(['export', '--url', server.url]);
    expect(printed).toEqual({ exitCode: 0, stdout: readFileSync(file, 'utf8'), stderr: '' });
    const csv = await runCommand(['export', '--url', server.url, '--format', 'csv', '--from-sequence', '2']);
    expect(csv.stdout.split('\r\n')).toHaveLength(3);
    const refused = await runCommand(['export', '--url', server.url, '--since', 'yesterday']);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('/since')]);
  });

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
