import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type FollowQuestion, followLog, type LogNews } from './follow-log.ts';

/** Streams that are answered one after another; each writes what it has and is cut off, the last one stays. */
async function startStreams(...streams: readonly string[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response: ServerResponse) => {
    const text = streams[requests.length];
    requests.push(request);
    if (text === undefined) return;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(text, () => {
      if (requests.length < streams.length) response.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/`), requests };
}

const recordAt = (sequence: number) => `id: ${sequence}\ndata: {"sequence":${sequence}}\n\n`;

/** What is told until the record at a position. */
async function newsUntil(
  url: URL,
  sequence: number,
  question: Partial<FollowQuestion> = {},
): Promise<readonly LogNews[]> {
  const told: LogNews[] = [];
  const stop = new AbortController();
  const asked = { filters: new URLSearchParams(), signal: stop.signal, ...question };
  for await (const news of followLog({ url }, asked)) {
    told.push(news);
    if (news.kind === 'record' && news.record.members.sequence === sequence) break;
  }
  stop.abort();
  return told;
}

it('takes a broken connection up behind the last position, so that nothing is lost and nothing comes twice', async () => {
  const { requests, url } = await startStreams(
    `retry: 1000\n\n${recordAt(4)}: heartbeat\nid: 6\n\n`,
    `${recordAt(7)}id: 8\ndata: {"sequ`,
    recordAt(8),
  );
  const told = await newsUntil(url, 8, { after: 3 });
  expect(
    told.map((news) =>
      news.kind === 'record'
        ? news.record.members.sequence
        : [news.kind, 'position' in news && news.position],
    ),
  ).toEqual([4, ['lost', '6'], ['resumed', '6'], 7, ['lost', '7'], ['resumed', '7'], 8]);
  expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual(['3', '6', '7']);
});

it('says what was skipped, and asks for it to be', async () => {
  const skipped = { reason: 'behind', from_sequence: 1, to_sequence: 5, count: 5 };
  const { requests, url } = await startStreams(
    `event: skipped\nid: 5\ndata: ${JSON.stringify(skipped)}\n\nevent: unheard-of\ndata: {}\n\n${recordAt(6)}`,
  );
  const told = await newsUntil(url, 6, { behindMax: 9, filters: new URLSearchParams({ event_type: 't' }) });
  expect(told).toMatchObject([{ kind: 'skipped', skipped }, { kind: 'record' }]);
  expect(requests[0]?.url).toBe('/api/v1/audit/events/tail?event_type=t&behind_max=9');
});

it('comes back to a server that says it is closing', async () => {
  const { url } = await startStreams(`${recordAt(1)}event: closing\ndata: {}\n\n`, recordAt(2));
  expect((await newsUntil(url, 2)).map(({ kind }) => kind)).toEqual(['record', 'lost', 'resumed', 'record']);
});

it('ends at once when the person stops it, also before the first word', async () => {
  const { url } = await startStreams(recordAt(1));
  const stop = new AbortController();
  const told: LogNews[] = [];
  for await (const news of followLog({ url }, { filters: new URLSearchParams(), signal: stop.signal })) {
    told.push(news);
    stop.abort();
  }
  expect(told.map(({ kind }) => kind)).toEqual(['record']);
  const never = followLog({ url }, { filters: new URLSearchParams(), signal: AbortSignal.abort() });
  expect(await never.next()).toEqual({ done: true, value: undefined });
});
