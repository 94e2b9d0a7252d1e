import type { Problem } from '@audit/schema';
import { ApiFailure } from '../../api/api-failure.ts';
import type { SearchFilters } from '../../api/search-filters.ts';
import { sessionToken } from '../../api/session-token.ts';
import { createTailReader, type TailMessage } from './tail-messages.ts';

/** Positions that a page may be behind the log until it would rather skip some; see the contract. */
export const behindMax = 500;

// Three of the heartbeats that the contract promises.
const silenceMsMax = 45_000;

/** What a connection to the stream is opened with. */
export interface TailOptions {
  readonly filter: SearchFilters;
  /** Position to go on behind; `-1` begins with the first record. */
  readonly position: string;
  readonly signal: AbortSignal;
}

/**
 * Opens a stream of the log by `fetch`, since an `EventSource` of the browser sends no token. It ends when the connection does,
 * or when nothing has come for 45 seconds.
 * @throws {ApiFailure} when the server refuses, or no answer comes
 */
export async function* openTail(options: TailOptions): AsyncGenerator<readonly TailMessage[]> {
  const silence = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const body = await connect(options, signal);
  const pieces = body.pipeThrough(new TextDecoderStream()).getReader();
  const reader = createTailReader();
  yield [];
  while (true) {
    const timer = setTimeout(() => silence.abort(), silenceMsMax);
    const { done, value } = await pieces.read().finally(() => clearTimeout(timer));
    if (done) return;
    yield reader.read(value);
  }
}

async function connect(
  { filter, position }: TailOptions,
  signal: AbortSignal,
): Promise<ReadableStream<BufferSource>> {
  const url = new URL('/api/v1/audit/events/tail', location.origin);
  for (const [name, text] of Object.entries(filter)) url.searchParams.set(name, text);
  url.searchParams.set('behind_max', String(behindMax));
  const token = sessionToken();
  const headers = {
    'last-event-id': position,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { headers, signal, credentials: 'omit' }).catch((cause: unknown) => {
    throw new ApiFailure(undefined, undefined, { cause });
  });
  if (answer.ok && answer.body !== null) return answer.body;
  throw new ApiFailure(answer.status, await problemOf(answer));
}

async function problemOf(answer: Response): Promise<Problem | undefined> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  // What says to be a problem of this server is one; a proxy before it answers with pages.
  return isProblem ? ((await answer.json()) as Problem) : undefined;
}
