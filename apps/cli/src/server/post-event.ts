import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { describeProblem } from './describe-problem.ts';
import { unreachable } from './unreachable.ts';

/** What the server says about one event. */
export type PostOutcome =
  | { readonly status: 'taken'; readonly httpStatus: number }
  | { readonly status: 'refused'; readonly httpStatus: number; readonly reason: string };

const requestTimeoutMs = 10_000;
const takenStatuses = [200, 201, 202];
const refusedStatuses = [400, 409, 413, 422];

/**
 * Sends the text of one event as it is; a text with several, which a server's own spool may hold, as one batch.
 * @throws {CommandFailure} `notReached` when the server does not say what becomes of this event
 */
export async function postEvent(server: ServerAccess, text: string): Promise<PostOutcome> {
  const { httpStatus, body } = await send(server, text);
  // A proxy's page is not the server's word; the status alone decides then.
  const answer = safeParseMembers(body);
  if (takenStatuses.includes(httpStatus)) {
    // A login page answers 200 as well; taking it for the server's word would lose the event.
    if ('event_id' in answer || 'event_ids' in answer) return { status: 'taken', httpStatus };
    throw new CommandFailure(
      'notReached',
      `${server.url.href} answers ${httpStatus} without an event id: is that an audit server?`,
    );
  }
  if (refusedStatuses.includes(httpStatus))
    return { status: 'refused', httpStatus, reason: describeProblem(httpStatus, answer) };
  throw new CommandFailure(
    'notReached',
    `${server.url.href} does not take events now: ${describeProblem(httpStatus, answer)}`,
  );
}

async function send(
  { url, token }: ServerAccess,
  text: string,
): Promise<{ readonly httpStatus: number; readonly body: string }> {
  try {
    const path = text.startsWith('[') ? 'api/v1/audit/events/batch' : 'api/v1/audit/events';
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, application/problem+json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: text,
      // Following would carry the event elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    return { httpStatus: response.status, body: await response.text() };
  } catch (error) {
    throw unreachable(url, error);
  }
}
