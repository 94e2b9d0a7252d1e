import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startHttpServer } from './http-server.test-support.ts';

const program = fileURLToPath(new URL('./emit-without-close.test-support.ts', import.meta.url));

async function run(url: string, wait: string): Promise<string> {
  const parameters = ['--conditions=@audit/source', program, url, wait];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { timeout: 20_000 });
  return stdout;
}

describe('a program', () => {
  it('exits by itself when it emits and never closes', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end());
    expect(await run(server.url, 'exit')).toBe('accepted');
    expect(server.requests).toHaveLength(0);
  });

  it('exits by itself after a flush, with the connection still open', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end('{}'));
    expect(await run(server.url, 'flush')).toBe('accepted');
    expect(server.requests).toHaveLength(1);
  });

  it('exits by itself when the server is away', async () => {
    await using server = await startHttpServer((response) => response.writeHead(503).end());
    expect(await run(server.url, 'flush')).toBe('accepted');
  });

  it('lives until close has reported', async () => {
    await using server = await startHttpServer((response) => response.writeHead(503).end());
    expect(await run(server.url, 'close')).toBe('accepted 1');
  });
});
