import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { describeProblem } from './describe-problem.ts';
import { unreachable } from './unreachable.ts';

/** What a command asks a server for. */
export interface ServerQuestion {
  /** Path and query below the address of the server. */
  readonly path: string;
  /** Headers beside those that every question has; default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON; default nothing. */
  readonly body?: object;
  /** Media types that are understood, problems aside. */
  readonly accept: string;
  /** Name of the answer in messages, such as `export`. */
  readonly what: string;
  /** Ends the request, and the answer on its way. */
  readonly signal: AbortSignal;
  /** Longest answer that is held in memory, in characters; default 16,777,216. */
  readonly charsMax?: number;
}

/** Longest answer that is held in memory at a time; proofs, keys and checkpoints are far below it. */
const textCharsMax = 16_777_216;
const textTimeoutMs = 30_000;

/**
 * Asks the server for something that it has: the answer is one with status 200.
 * @throws {CommandFailure} `usage` when it refuses the question or knows no such thing, `notReached` when it gives no
 * answer for another reason, `incomplete` when the person stops it
 */
export async function askServer(server: ServerAccess, question: ServerQuestion): Promise<Response> {
  const response = await send(server, question);
  if (response.status === 200) return response;
  throw await refusal(server, question, response);
}

/**
 * Asks the server for a short text.
 * @throws {CommandFailure} as {@link askServer}
 */
export async function askForText(server: ServerAccess, question: ServerQuestion): Promise<string> {
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(textTimeoutMs)]);
  const asked = { ...question, signal };
  return textOf(await askServer(server, asked), server, asked);
}

/**
 * Asks the server for a short text that it gives with any status.
 * @throws {CommandFailure} `notReached` when nobody answers, `incomplete` when the person stops it
 */
export async function askAnyway(server: ServerAccess, question: ServerQuestion): Promise<string> {
  const signal = AbortSignal.any([question.signal, AbortSignal.timeout(textTimeoutMs)]);
  const asked = { ...question, signal };
  return textOf(await send(server, asked), server, asked);
}

async function textOf(response: Response, server: ServerAccess, question: ServerQuestion): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of piecesOf(response, server, question)) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > (question.charsMax ?? textCharsMax)) throw notFrom(server, question);
  }
  return text + decoder.decode();
}

/** The bytes of an answer as they come. Fails with `notReached` when it is cut off on its way. */
export async function* piecesOf(
  response: Response,
  server: ServerAccess,
  question: ServerQuestion,
): AsyncGenerator<Uint8Array> {
  try {
    if (response.body !== null) yield* response.body;
  } catch (error) {
    throw failureOf(error, server, question);
  }
}

/** Makes the failure of an answer that no audit server would give. */
export function notFrom({ url }: ServerAccess, { what }: Pick<ServerQuestion, 'what'>): CommandFailure {
  return new CommandFailure('notReached', `${url.href} sends no ${what}: is that an audit server?`);
}

async function send(server: ServerAccess, question: ServerQuestion): Promise<Response> {
  const { token, url } = server;
  try {
    return await fetch(new URL(question.path, url), {
      method: question.method ?? 'GET',
      headers: {
        accept: `${question.accept}, application/problem+json`,
        ...question.headers,
        ...(question.body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(question.body !== undefined && { body: JSON.stringify(question.body) }),
      // Following would carry the token elsewhere.
      redirect: 'manual',
      signal: question.signal,
    });
  } catch (error) {
    throw failureOf(error, server, question);
  }
}

function failureOf(error: unknown, { url }: ServerAccess, { signal, what }: ServerQuestion): CommandFailure {
  if (signal.aborted && !isTimeout(signal.reason))
    return new CommandFailure('incomplete', `stopped; nothing is kept of the ${what}`);
  return unreachable(url, error);
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

async function refusal(
  { url }: ServerAccess,
  { what }: ServerQuestion,
  response: Response,
): Promise<CommandFailure> {
  // A proxy's page, or an answer that is cut off, is not the server's word; the status alone decides then.
  const problem = safeParseMembers(await response.text().catch(() => ''));
  const said = describeProblem(response.status, problem);
  // A page of a proxy that knows no such path is no word of the server about what it has.
  const isUnknown = response.status === 404 && typeof problem.detail === 'string';
  return refusingStatuses.includes(response.status) || isUnknown
    ? new CommandFailure('usage', `the server refuses the request for the ${what}: ${said}`)
    : new CommandFailure(
        'notReached',
        `${url.href} gives no ${what} now: ${said}${adviceFor(response.status)}`,
      );
}

// The same question would get the same answer later.
const refusingStatuses = [400, 409, 422];

function adviceFor(status: number): string {
  if (status === 401) return '; give a token with AUDIT_TOKEN, --token or a profile ("audit help profile")';
  return status === 403 ? '; this token has not the role for it' : '';
}
