import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogVerifier, leafHash } from '@audit/integrity';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { JobControl } from './job-control.ts';
import { ProgressMeter } from './progress-meter.ts';
import { readRecords } from './read-records.ts';

const lines = recordsOf(200);
const expectedRoot = rootOf(lines);

afterEach(() => vi.unstubAllGlobals());

type Answer = (from: number, response: ServerResponse, asked: IncomingMessage) => void;

/** Serves exports: each request is answered by the next of the answers, the last for all further ones. */
async function serve(...answers: readonly Answer[]): Promise<number[]> {
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('from_sequence'));
    answers[Math.min(asked.push(from), answers.length) - 1]?.(from, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on TCP has such an address.
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return asked;
}

const rest: Answer = (from, response) => response.end(textOf(from, lines.length));
// Fifty records and the beginning of the next: where it is cut, the page must not see.
const half = (from: number) => `${textOf(from, from + 50)}${(lines[from + 50] ?? '').slice(0, 20)}`;

function begin(onPause: (is: string, control: JobControl) => void) {
  const control = new JobControl();
  const verifier = new LogVerifier({ size: lines.length });
  const meter = new ProgressMeter(lines.length, () => undefined);
  const read = readRecords(verifier, {
    token: undefined,
    control,
    meter,
    tell: ({ is }) => onPause(is, control),
  });
  return { control, meter, read, verifier };
}

it('goes on where it was when the connection broke in the middle of a record', async () => {
  const asked = await serve((from, response) => {
    response.write(half(from), () => response.destroy());
  }, rest);
  const told: string[] = [];
  const { read, verifier } = begin((is, control) => {
    told.push(is);
    setImmediate(() => control.resume());
  });
  await read;
  expect([told, asked]).toEqual([['interrupted'], [0, 50]]);
  expect([verifier.failure, verifier.frontier.root()]).toEqual([undefined, expectedRoot]);
});

it('gives the connection up while it is paused, and needs nothing twice', async () => {
  const closed = vi.fn();
  const asked = await serve((from, response) => {
    response.on('close', closed);
    response.write(half(from));
  }, rest);
  const told: string[] = [];
  const { control, meter, read, verifier } = begin((is) => {
    told.push(is);
    setImmediate(() => control.resume());
  });
  await expect.poll(() => meter.read().done).toBe(50);
  control.pause();
  await read;
  await expect.poll(() => closed.mock.calls.length).toBe(1);
  expect([told, asked, verifier.frontier.root()]).toEqual([['paused'], [0, 50], expectedRoot]);
});

it('ends when it is cancelled, and when the server refuses', async () => {
  const cancelled: JobControl[] = [];
  await serve((_from, response) => {
    response.write('{');
    cancelled[0]?.cancel();
  });
  const { control, read } = begin(() => undefined);
  cancelled.push(control);
  await expect(read).rejects.toThrow('aborted');
  await serve((_from, response) => response.writeHead(403).end('{"detail":"You may not."}'));
  await expect(begin(() => undefined).read).rejects.toMatchObject({ status: 403, message: 'You may not.' });
});

it('stops at the first fault without reading the rest', async () => {
  await serve((from, response) => {
    const changed = lines[30]?.replace('"x":30', '"x":31') ?? '';
    response.write(`${textOf(from, 30)}${changed}\n${textOf(31, 100)}`);
  });
  const { read, verifier } = begin(() => undefined);
  await read;
  expect(verifier.failure).toMatchObject({ code: 'chain_broken', sequence: 31 });
});

function textOf(from: number, to: number): string {
  return lines
    .slice(from, to)
    .map((line) => `${line}\n`)
    .join('');
}

function recordsOf(count: number): string[] {
  const records: string[] = [];
  for (let sequence = 0; sequence < count; sequence++) {
    const before = records.at(-1);
    records.push(
      JSON.stringify({
        event_id: `019bbbad-4606-7c83-8695-${String(sequence).padStart(12, '0')}`,
        correlation_id: 'rr-1',
        x: sequence,
        log_id: 'default',
        sequence,
        received_at: '2026-01-15T00:00:00Z',
        previous_event_hash: before === undefined ? '' : leafHash(before),
      }),
    );
  }
  return records;
}

function rootOf(records: readonly string[]): string {
  const verifier = new LogVerifier({ size: records.length });
  verifier.push(textOf(0, records.length));
  verifier.end();
  return verifier.frontier.root();
}
