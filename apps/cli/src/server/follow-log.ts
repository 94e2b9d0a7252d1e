import { setTimeout as wait } from 'node:timers/promises';
import type { TailSkipped } from '@audit/schema';
import { CommandFailure } from '../command-failure.ts';
import { readServedRecord, type ServedRecord } from '../events/served-record.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { readStream, type StreamMessage } from './read-stream.ts';

/** What is followed. */
export interface FollowQuestion {
  readonly filters: URLSearchParams;
  /** Begin behind this position; default behind the last record. */
  readonly after?: number | undefined;
  /** Positions behind the newest from which the oldest are skipped; default never. */
  readonly behindMax?: number | undefined;
  readonly signal: AbortSignal;
}

/** What a log that is followed tells. */
export type LogNews =
  | { readonly kind: 'record'; readonly record: ServedRecord }
  | { readonly kind: 'skipped'; readonly skipped: SeenSkipped }
  | { readonly kind: 'lost'; readonly reason: string; readonly position: string | undefined }
  | { readonly kind: 'resumed'; readonly position: string | undefined };

/** Positions that were passed over, as the server says. */
export type SeenSkipped = { readonly [Name in keyof TailSkipped]?: unknown };

const retryMsMin = 500;
const retryMsMax = 10_000;

/**
 * Follows the log until the signal says stop. A connection that breaks is taken up again where it was, so that nothing is
 * lost and nothing comes twice; the first one must succeed.
 * @throws {CommandFailure} as `askServer`, for the first connection; `usage` for every other
 */
export async function* followLog(server: ServerAccess, question: FollowQuestion): AsyncGenerator<LogNews> {
  const { after, signal } = question;
  const state: FollowState = {
    position: after === undefined ? undefined : String(after),
    isBegun: false,
    retryMs: retryMsMin,
  };
  while (!signal.aborted) {
    const reason = yield* followOnce(server, question, state);
    if (signal.aborted) return;
    yield { kind: 'lost', reason, position: state.position };
    // Whoever stops the wait stops the loop as well.
    await wait(state.retryMs, undefined, { signal }).catch(() => {});
    state.retryMs = Math.min(state.retryMs * 2, retryMsMax);
  }
}

interface FollowState {
  position: string | undefined;
  isBegun: boolean;
  retryMs: number;
}

// Returns why the connection ended, when it may come back.
async function* followOnce(
  server: ServerAccess,
  question: FollowQuestion,
  state: FollowState,
): AsyncGenerator<LogNews, string> {
  try {
    for await (const message of readStream(server, streamQuestion(question, state.position))) {
      // What is told is told before the position is behind it.
      const news = newsOf(message, state);
      if (news !== undefined) yield news;
      if (message.kind === 'position') state.position = message.id;
    }
    return 'the server ended the stream';
  } catch (error) {
    if (question.signal.aborted) return 'stopped';
    const mayComeBack = state.isBegun && error instanceof CommandFailure && error.reason === 'notReached';
    if (mayComeBack) return error.message;
    throw error;
  }
}

function streamQuestion({ behindMax, filters, signal }: FollowQuestion, position: string | undefined) {
  const parameters = new URLSearchParams(filters);
  if (behindMax !== undefined) parameters.set('behind_max', String(behindMax));
  return {
    path: `api/v1/audit/events/tail?${parameters}`,
    signal,
    ...(position !== undefined && { headers: { 'last-event-id': position } }),
  };
}

function newsOf(message: StreamMessage, state: FollowState): LogNews | undefined {
  if (message.kind === 'open') return noteOpening(state);
  if (message.kind !== 'event') return undefined;
  if (message.event === 'skipped') return { kind: 'skipped', skipped: safeParseMembers(message.data) };
  // Of what else a server may tell one day, and that it is closing, nothing needs to be said.
  return message.event === undefined ? { kind: 'record', record: readServedRecord(message.data) } : undefined;
}

function noteOpening(state: FollowState): LogNews | undefined {
  const isAgain = state.isBegun;
  state.isBegun = true;
  state.retryMs = retryMsMin;
  return isAgain ? { kind: 'resumed', position: state.position } : undefined;
}
