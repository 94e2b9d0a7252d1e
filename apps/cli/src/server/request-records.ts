import type { ServerAccess } from '../options/server-options.ts';
import { askServer, notFrom, piecesOf } from './ask-server.ts';

/** Records that have begun to come. */
export interface IncomingRecords {
  /** Number of records of the log when the server began. */
  readonly logSize: number;
  /** The file, in pieces. Fails with `notReached` when the answer is cut off on its way. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Asks the server for an export.
 * @throws {CommandFailure} `usage` when it refuses the filters, `notReached` when it gives none for another reason
 */
export function requestExport(
  server: ServerAccess,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<IncomingRecords> {
  const path = `api/v1/audit/export?${parameters}`;
  return requestRecords(server, { path, accept: 'application/jsonl, text/csv', what: 'export', signal });
}

/**
 * Asks the server for an evidence pack.
 * @throws {CommandFailure} `usage` when it refuses the parameters or has no such record, `notReached` when it gives none
 * for another reason
 */
export function requestPack(
  server: ServerAccess,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<IncomingRecords> {
  const path = `api/v1/audit/evidence-pack?${parameters}`;
  return requestRecords(server, {
    path,
    accept: 'application/vnd.audit-pack',
    what: 'evidence pack',
    signal,
  });
}

async function requestRecords(
  server: ServerAccess,
  question: Parameters<typeof askServer>[1],
): Promise<IncomingRecords> {
  const response = await askServer(server, question);
  const logSize = Number(response.headers.get('audit-log-size') ?? Number.NaN);
  if (!Number.isSafeInteger(logSize)) {
    await response.body?.cancel();
    throw notFrom(server, question);
  }
  return { logSize, pieces: piecesOf(response, server, question) };
}
