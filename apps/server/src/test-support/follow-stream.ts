import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { expectSpecResponse } from './spec-responses.ts';

/** A server-sent event. */
export interface StreamEvent {
  /** `message` when the stream names none. */
  readonly event: string;
  /** The last id that came, with this event or before it. */
  readonly id: string;
  readonly data: unknown;
}

/** A stream that a test reads event by event. */
export interface FollowedStream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The last id that came, with data or without. */
  readonly lastId: string;
  /** The next events, each checked against the contract; fewer when the stream ends. */
  take(count: number): Promise<StreamEvent[]>;
  /** Stops reading without a word to the server. */
  pause(): void;
  /** Kills the connection. */
  kill(): void;
}

const path = '/api/v1/audit/events/tail';

/** Opens a stream of the log, and reads it as the HTML standard says. */
export async function followStream(
  url: string,
  query = '',
  headers: Record<string, string> = {},
): Promise<FollowedStream> {
  const outgoing = request(`${url}${path}?${query}`, { agent: false, headers });
  onTestFinished(() => void outgoing.destroy());
  const incoming = await answerOf(outgoing);
  let lastId = '';
  const events = eventsOf(incoming, (id) => {
    lastId = id;
  });
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    get lastId() {
      return lastId;
    },
    async take(count) {
      const taken: StreamEvent[] = [];
      while (taken.length < count) {
        const next = await events.next();
        if (next.done === true) break;
        taken.push(next.value);
      }
      return taken;
    },
    pause: () => void incoming.pause(),
    kill: () => void outgoing.destroy(),
  };
}

function answerOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  outgoing.end();
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });
}

async function* eventsOf(
  incoming: IncomingMessage,
  onId: (id: string) => void,
): AsyncGenerator<StreamEvent, void> {
  let text = '';
  let id = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = fieldsOf(block);
      id = fields.get('id') ?? id;
      onId(id);
      const data = fields.get('data');
      if (data === undefined) continue;
      expectSpecResponse('GET', path, 200, 'text/event-stream', JSON.parse(data));
      yield { event: fields.get('event') ?? 'message', id, data: JSON.parse(data) };
    }
  }
}

function fieldsOf(block: string): Map<string, string> {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'));
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
}
