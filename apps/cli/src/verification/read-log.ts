import type { LogVerifier } from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { formatCount } from '../output/quantities.ts';
import { requestExport } from '../server/request-records.ts';

/** Settings of {@link readLog}. */
export interface ReadLogSettings {
  /** Number of records that the log should have. */
  readonly size: number;
  readonly signal: AbortSignal;
  /** Is told how many records have been verified. */
  readonly onProgress: (records: number) => void;
  /** Keeps how far the verifier got. */
  readonly keep: () => Promise<void>;
  /** Fewest records between two calls of `keep`; default 500,000. */
  readonly keepEvery?: number;
}

const keepEveryDefault = 500_000;
// Keeping takes time for each correlation, so that a log with many of them is kept less often.
const recordsPerCorrelation = 4;

/**
 * Reads the records of a server's log into a verifier, from the one that is due up to a size, until there is a failure.
 * What was verified is kept now and then, and when it is stopped or cut off.
 * @throws {CommandFailure} `incomplete` or `notReached`; the same command goes on then
 */
export async function readLog(
  verifier: LogVerifier,
  server: ServerAccess,
  settings: ReadLogSettings,
): Promise<void> {
  const { keep, keepEvery = keepEveryDefault, onProgress, signal, size } = settings;
  if (verifier.next >= size) return;
  const begin = verifier.next;
  try {
    let kept = begin;
    const { pieces } = await requestExport(server, parametersOf(begin, size), signal);
    for await (const piece of pieces) {
      if (verifier.push(piece) !== undefined) return;
      onProgress(verifier.next);
      if (verifier.next - kept < Math.max(keepEvery, recordsPerCorrelation * verifier.correlations)) continue;
      await keep();
      kept = verifier.next;
    }
  } catch (error) {
    if (verifier.next > begin) await keep();
    throw goingOn(error, verifier.next, size);
  }
  verifier.end();
}

function parametersOf(begin: number, size: number): URLSearchParams {
  return new URLSearchParams({
    format: 'jsonl',
    from_sequence: String(begin),
    to_sequence: String(size - 1),
  });
}

function goingOn(error: unknown, next: number, size: number): unknown {
  if (!(error instanceof CommandFailure) || error.reason === 'usage') return error;
  const reason = error.reason === 'incomplete' ? 'stopped' : error.message;
  const message = `${reason}; ${formatCount(next)} of ${formatCount(size)} records are verified, and the same command goes on there`;
  return new CommandFailure(error.reason, message, { cause: error });
}
