import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { compileCache, firstCertificate } from '@audit/environments';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leaveSpool } from './test-support/leave-spool.ts';
import { sampleEvent } from './test-support/sample-event.ts';
import { startStubServer } from './test-support/stub-server.ts';
import { temporaryDirectory } from './test-support/temporary-directory.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('the program audit', () => {
  it('writes results to stdout, and no colours where no terminal is', async () => {
    const root = await rootWithDeadLetter();
    const ended = await audit(['dead-letters', 'list', '--root', root], { FORCE_COLOR: '1' });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain('1 dead letter below');
    expect(ended.stdout).not.toContain('\u001b');
  });

  it('finds spools and server by variables, and never prints the token', async () => {
    const root = await rootWithDeadLetter();
    const server = await startStubServer(() => ({ status: 201, body: { event_id: 'stored' } }));
    const ended = await audit(['dead-letters', 'replay', '--all'], {
      AUDIT_SPOOL_ROOT: root,
      AUDIT_URL: server.url,
      AUDIT_TOKEN: 'secret-token',
    });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret-token']);
    expect(ended.stdout).not.toContain('secret');
  });

  it('passes an export on byte for byte', async () => {
    const records = '{"sequence":0,"text":"é😀"}\n'.repeat(20_000);
    const server = await startStubServer(() => ({
      status: 200,
      body: records,
      headers: { 'audit-log-size': '20000' },
    }));
    const ended = await audit(['export', '--url', server.url]);
    expect(ended).toEqual({ exitCode: 0, stdout: records, stderr: '' });
  });

  it('trusts the authority of a profile, for its server', async () => {
    const { certificate: cert, key } = firstCertificate;
    const server = createServer({ cert, key }, (_, response) =>
      response.end(JSON.stringify({ holds: [], total: 0, next_cursor: null })),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    // A TCP server that listens has an address of this kind.
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const home = temporaryDirectory();
    writeFileSync(join(home, 'ca.pem'), cert);
    mkdirSync(join(home, 'audit'));
    const profiles = { own: { url, ca: join(home, 'ca.pem') } };
    writeFileSync(join(home, 'audit', 'config.json'), JSON.stringify({ current: 'own', profiles }));
    expect(await audit(['hold', 'list'], { XDG_CONFIG_HOME: home })).toEqual({
      exitCode: 0,
      stdout: 'nothing is held\n',
      stderr: '',
    });
    expect((await audit(['hold', 'list', '--url', url], { XDG_CONFIG_HOME: '/nowhere' })).exitCode).toBe(4);
  });

  it('ends a stream with 0 on Ctrl-C', async () => {
    const server = await startStubServer(() => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: 'id: 7\ndata: {"sequence":7,"event_type":"t"}\n\n',
    }));
    const child = launch(['tail', '--url', server.url]);
    const [written] = await once(child.stdout, 'data');
    expect(String(written)).toContain('✓ t');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('exits with 2 and one line on stderr when the command line is wrong', async () => {
    expect(await audit(['spool', 'lsit'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "audit: unknown command 'lsit' (Did you mean list?)\n",
    });
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = launch(['help', 'dead-letters']);
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe('');
  });
});

async function rootWithDeadLetter(): Promise<string> {
  const root = temporaryDirectory();
  await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)] });
  return root;
}

function launch(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ['--conditions=@audit/source', main, ...commandLine], {
    env: { PATH: process.env.PATH, ...compileCache, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function audit(
  ...parameters: Parameters<typeof launch>
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = launch(...parameters);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}
