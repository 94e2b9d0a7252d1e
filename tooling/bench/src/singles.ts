import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openConnection, writeRequest } from './http-connection.ts';
import { cpuSecondsOf, percentile, secondsOf } from './measure.ts';
import { sampleBodies } from './sample-bodies.ts';
import { formatLoad, formatStages, readLoad } from './service-load.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const connections = 64;
const warmUpEvents = 5_000;
const events = Number(process.env.AUDIT_BENCH_SINGLES ?? 50_000);

/**
 * Measures requests of one event each: how many a second, and how long each takes until it is committed; and how many a server
 * answers that does nothing.
 */
export async function measureSingles(): Promise<BenchRow[]> {
  const bare = await withBareServer(async (url) => {
    await sendSingles(url, warmUpEvents);
    return events / (await sendSingles(url, events)).seconds;
  });
  return withService(async ({ url }) => {
    await sendSingles(url, warmUpEvents);
    const before = await readLoad(url);
    const sent = await sendSingles(url, events);
    const after = await readLoad(url);
    return [
      { name: 'bare node:http, which answers at once', figure: `${Math.round(bare)} requests/s` },
      {
        name: `one event a request, ${connections} connections`,
        figure: `${Math.round(events / sent.seconds)} events/s`,
        ratio: `${(events / sent.seconds / bare).toFixed(2)} of bare HTTP`,
        goal: 'at least 10000 events/s',
      },
      { name: 'a request, median', figure: `${percentile(sent.milliseconds, 0.5).toFixed(1)} ms` },
      {
        name: 'a request, p99',
        figure: `${percentile(sent.milliseconds, 0.99).toFixed(1)} ms`,
        goal: 'at most 50 ms',
      },
      { name: 'the service', figure: formatLoad(before, after, events) },
      { name: 'its stages', figure: formatStages(before, after, events) },
      { name: 'the sender', figure: `${((sent.cpuSeconds * 1e6) / events).toFixed(0)} µs an event` },
    ];
  });
}

async function withBareServer<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const server = fork(new URL('bare-server.ts', import.meta.url));
  try {
    const [port] = (await once(server, 'message')) as [number];
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
}

interface Sent {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly milliseconds: readonly number[];
}

async function sendSingles(url: string, count: number): Promise<Sent> {
  const target = `${url}/api/v1/audit/events`;
  const bodies = sampleBodies(count, 1).map((body) => body.subarray(1, -1));
  const remaining = bodies.map((body) => writeRequest('POST', target, body)).values();
  const milliseconds: number[] = [];
  let seconds = 0;
  const senders = await Promise.all(Array.from({ length: connections }, () => openConnection(url)));
  const send = async ({ exchange }: (typeof senders)[number]) => {
    for (const request of remaining) {
      const startMs = performance.now();
      const status = await exchange(request);
      milliseconds.push(performance.now() - startMs);
      if (status !== 201) throw new Error(`the service answered ${status}`);
    }
  };
  const cpuSeconds = await cpuSecondsOf(async () => {
    seconds = await secondsOf(() => Promise.all(senders.map(send)));
  });
  for (const sender of senders) sender.close();
  return { seconds, cpuSeconds, milliseconds };
}
