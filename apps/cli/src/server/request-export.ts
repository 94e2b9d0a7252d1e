import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { describeProblem } from './describe-problem.ts';
import { unreachable } from './unreachable.ts';

/** An export that has begun to come. */
export interface IncomingExport {
  /** Number of records of the log when the export began. */
  readonly logSize: number;
  /** The file, in pieces. Fails with `notReached` when the answer is cut off on its way. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Asks the server for an export.
 * @throws {CommandFailure} `usage` when it refuses the filters, `notReached` when it gives none for another reason
 */
export async function requestExport(
  server: ServerAccess,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<IncomingExport> {
  const response = await send(server, parameters, signal);
  if (response.status !== 200 || response.body === null) throw await refusal(server, response);
  const logSize = Number(response.headers.get('audit-log-size') ?? Number.NaN);
  if (!Number.isSafeInteger(logSize)) {
    await response.body.cancel();
    throw new CommandFailure('notReached', `${server.url.href} sends no export: is that an audit server?`);
  }
  return { logSize, pieces: piecesOf(response.body, server.url, signal) };
}

async function send(
  { url, token }: ServerAccess,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(new URL(`api/v1/audit/export?${parameters}`, url), {
      headers: {
        accept: 'application/jsonl, text/csv, application/problem+json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      // Following would carry the token elsewhere.
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    throw failureOf(error, url, signal);
  }
}

async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw failureOf(error, url, signal);
  }
}

function failureOf(error: unknown, url: URL, signal: AbortSignal): CommandFailure {
  if (signal.aborted) return new CommandFailure('incomplete', 'stopped; nothing is kept of the export');
  return unreachable(url, error);
}

async function refusal({ url }: ServerAccess, response: Response): Promise<CommandFailure> {
  const said = describeProblem(response.status, await problemOf(response));
  return response.status === 400
    ? new CommandFailure('usage', `the server refuses the filters: ${said}`)
    : new CommandFailure('notReached', `${url.href} gives no export now: ${said}`);
}

async function problemOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A proxy's page is not the server's word; the status alone decides then.
    return {};
  }
}
