import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { arrayBuffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createMemoryTransport, type MemoryTransport } from '@audit/client/testing';
import { describe, expect, it } from 'vitest';

const mainPath = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('audit-simulator', () => {
  it('writes remediations and prints their correlation ids', async () => {
    await using server = await startMemoryServer();
    const { exitCode, stdout, stderr } = await run('--url', server.url, '--remediations', '7');
    const { events } = server.transport;
    expect(stderr).toContain(`emitted ${events.length}, acknowledged ${events.length}, dead 0, in `);
    const remediations = events.map((event) => event.correlation_id).filter((id) => id.startsWith('rr-'));
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set(remediations));
    expect(new Set(remediations)).toHaveLength(7);
    expect(exitCode).toBe(0);
  });

  it('stores nothing twice for the same seed and start time', async () => {
    await using server = await startMemoryServer();
    const again = ['--url', server.url, '--seed', 'again', '--start-time', '2026-01-14T09:30:00Z'];
    const first = await run(...again);
    const stored = server.transport.events.length;
    const second = await run(...again);
    expect(second.stdout).toBe(first.stdout);
    expect(server.transport.events).toHaveLength(stored);
  });

  it('paces the remediations when given a rate', async () => {
    await using server = await startMemoryServer();
    const startedMs = performance.now();
    const { exitCode } = await run('--url', server.url, '--remediations', '2', '--rate', '4');
    expect(exitCode).toBe(0);
    expect(performance.now() - startedMs).toBeGreaterThan(500);
  });

  it('waits for a server that is away for a moment', async () => {
    await using server = await startMemoryServer();
    server.transport.respondWith({ status: 503 });
    const { exitCode, stderr } = await run('--url', server.url);
    expect(stderr).toMatch(/^emitted (\d+), acknowledged \1, dead 0/m);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 and the reason when the server refuses events', async () => {
    await using server = await startMemoryServer();
    const refused = { status: 400, problem: { detail: 'no', errors: [{ index: 0, message: 'bad phase' }] } };
    server.transport.respondWith(refused);
    const { exitCode, stderr } = await run('--url', server.url);
    const { length } = server.transport.events;
    expect(stderr).toContain(`emitted ${length + 1}, acknowledged ${length}, dead 1, in `);
    expect(stderr).toMatch(/^audit-simulator: the server refused events, the first because: .*bad phase/m);
    expect(exitCode).toBe(1);
  });

  it('exits with 4 and one line when nobody listens', async () => {
    const server = await startMemoryServer();
    await server[Symbol.asyncDispose]();
    const { exitCode, stdout, stderr } = await run('--url', server.url);
    expect(stderr).toMatch(/^audit-simulator: cannot reach http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED.*\n$/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(4);
  });

  it.each([
    [['--remediations', '0']],
    [['--remediations', 'many']],
    [['--rate', '-1']],
    [['--url', 'localhost:8080']],
    [['--url', 'http://user:password@localhost:8080']],
    [['--start-time', 'yesterday']],
    [['--colour']],
    [['extra']],
  ])('exits with 2 and one line on %j', async (commandLine) => {
    const { exitCode, stderr } = await run(...commandLine);
    expect(stderr).toMatch(/^.+\n$/);
    expect(exitCode).toBe(2);
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await run('--help');
    expect(stdout).toContain('--start-time');
    expect(exitCode).toBe(0);
  });
});

interface Run {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...commandLine: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const command = ['--conditions=@audit/source', mainPath, ...commandLine];
    execFile(process.execPath, command, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

interface MemoryServer extends AsyncDisposable {
  readonly url: string;
  readonly transport: MemoryTransport;
}

// The memory transport behind HTTP: it checks and stores events as the server does.
async function startMemoryServer(): Promise<MemoryServer> {
  const transport = createMemoryTransport();
  const server = createServer((request, response) => void answer(transport, request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return {
    url: `http://127.0.0.1:${address.port}`,
    transport,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  transport: MemoryTransport,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === '/readyz') {
    response.end('{}');
    return;
  }
  if (request.method === 'GET') {
    response.writeHead(404).end();
    return;
  }
  const body = new Uint8Array(await arrayBuffer(request));
  const eventIds = [...new TextDecoder().decode(body).matchAll(/"event_id":"([^"]+)"/g)].map(
    ([, id = '']) => id,
  );
  const { status, problem } = await transport.send({ body, eventIds }, AbortSignal.timeout(10_000));
  response.writeHead(status, { 'content-type': problem ? 'application/problem+json' : 'application/json' });
  response.end(JSON.stringify(problem ?? {}));
}
