import { createParser } from 'eventsource-parser';
import type { ServerAccess } from '../options/server-options.ts';
import { askServer, notFrom, piecesOf, type ServerQuestion } from './ask-server.ts';
import { unreachable } from './unreachable.ts';

/** What comes of a stream of server-sent events. */
export type StreamMessage =
  | { readonly kind: 'open' }
  | { readonly kind: 'event'; readonly event: string | undefined; readonly data: string }
  /** How far the stream is; behind everything that came before. */
  | { readonly kind: 'position'; readonly id: string };

// The server writes at least every 15 seconds.
const silenceMsMax = 45_000;
// The longest event there is, with room for its escapes.
const bufferCharsMax = 4_194_304;

/**
 * Reads one stream of server-sent events to its end.
 * @throws {CommandFailure} as `askServer`; `notReached` when the stream breaks or the server says nothing for too long
 */
export async function* readStream(
  server: ServerAccess,
  asked: Pick<ServerQuestion, 'path' | 'signal' | 'headers'>,
): AsyncGenerator<StreamMessage> {
  const silence = new AbortController();
  const fail = () => silence.abort(new DOMException('the server went silent', 'TimeoutError'));
  const timer = setTimeout(fail, silenceMsMax);
  const signal = AbortSignal.any([asked.signal, silence.signal]);
  const question = { ...asked, accept: 'text/event-stream', what: 'stream', signal };
  try {
    const response = await askServer(server, question);
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel();
      throw notFrom(server, question);
    }
    yield { kind: 'open' };
    for await (const message of messagesOf(piecesOf(response, server, question), server, timer))
      yield message;
  } finally {
    clearTimeout(timer);
    // Whoever stops reading wants no more.
    silence.abort();
  }
}

async function* messagesOf(
  pieces: AsyncIterable<Uint8Array>,
  { url }: ServerAccess,
  timer: NodeJS.Timeout,
): AsyncGenerator<StreamMessage> {
  let messages: StreamMessage[] = [];
  let id: string | undefined;
  const flushPosition = () => {
    if (id !== undefined) messages.push({ kind: 'position', id });
    id = undefined;
  };
  const parser = createParser({
    maxBufferSize: bufferCharsMax,
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw unreachable(url, error);
    },
    // Called before the event that has it.
    onId: (next) => {
      flushPosition();
      id = next;
    },
    onEvent: ({ data, event }) => messages.push({ kind: 'event', event, data }),
  });
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    timer.refresh();
    parser.feed(decoder.decode(piece, { stream: true }));
    flushPosition();
    yield* messages;
    messages = [];
  }
}
