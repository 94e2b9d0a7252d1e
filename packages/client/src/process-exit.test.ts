import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer } from './http-server.test-support.ts';

const program = fileURLToPath(new URL('./emit-without-close.test-support.ts', import.meta.url));
let spools = '';

beforeAll(async () => {
  spools = await mkdtemp(join(tmpdir(), 'audit-client-exit-'));
});
afterAll(() => rm(spools, { recursive: true }));

interface Run {
  readonly url: string;
  readonly durability: 'process' | 'disk' | 'memory';
  readonly wait: 'exit' | 'flush' | 'close';
  readonly closeTimeoutMs?: number;
}

async function run({ url, durability, wait, closeTimeoutMs = 300 }: Run): Promise<string> {
  const parameters = ['--conditions=@audit/source', program, url, durability, wait, `${closeTimeoutMs}`];
  const env = { ...process.env, AUDIT_SPOOL_ROOT: spools };
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env, timeout: 20_000 });
  return stdout;
}

describe.each(['process', 'disk', 'memory'] as const)('a program with durability %s', (durability) => {
  it('exits by itself when it emits and never closes', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end());
    expect(await run({ url: server.url, durability, wait: 'exit' })).toBe('accepted');
    expect(server.requests).toHaveLength(0);
  });

  it('exits by itself after a flush, with the connection still open', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end('{}'));
    expect(await run({ url: server.url, durability, wait: 'flush' })).toBe('accepted');
    expect(server.requests).toHaveLength(1);
  });

  it('exits by itself when the server is away', async () => {
    await using server = await startHttpServer((response) => response.writeHead(503).end());
    expect(await run({ url: server.url, durability, wait: 'flush' })).toBe('accepted');
  });

  it('exits by itself when nobody listens', async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    expect(await run({ url: server.url, durability, wait: 'flush' })).toBe('accepted');
    expect(await run({ url: server.url, durability, wait: 'exit' })).toBe('accepted');
  });

  it('lives until close has reported', async () => {
    await using server = await startHttpServer((response) => response.writeHead(503).end());
    expect(await run({ url: server.url, durability, wait: 'close' })).toBe('accepted 1');
  });
});

describe('a second program', () => {
  it.each([
    ['process', 'exit'],
    ['process', 'flush'],
    ['process', 'close'],
    ['disk', 'exit'],
  ] as const)('with durability %s delivers what the first left at %s', async (durability, wait) => {
    let isAway = true;
    await using server = await startHttpServer((response) => response.writeHead(isAway ? 503 : 201).end());
    const { url } = server;
    await run({ url, durability, wait });
    isAway = false;
    const before = server.requests.length;
    expect(await run({ url, durability, wait: 'close', closeTimeoutMs: 15_000 })).toBe('accepted 0');
    const bodies = server.requests.slice(before).map(({ body }): readonly unknown[] => JSON.parse(body));
    expect(bodies.flat()).toHaveLength(2);
  });
});
