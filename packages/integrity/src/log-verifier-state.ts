import { CorrelationHeads } from './correlation-heads.ts';
import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import type { FrontierState } from './merkle-frontier.ts';
import type { RecordCounts } from './record-walk.ts';

/** What is needed to go on verifying a log from where one stopped. */
export interface LogVerifierState {
  readonly logId?: string;
  readonly frontier: FrontierState;
  /** Correlation ids and the hash of the last record of each. */
  readonly heads: readonly (readonly [correlationId: string, hash: string])[];
  /** Hashes of purged records that no later record has named. */
  readonly purgedHashes: readonly string[];
  readonly counts: RecordCounts;
}

/** Writes down the last record of every correlation. */
export function saveHeads(heads: CorrelationHeads): LogVerifierState['heads'] {
  // A correlation id may begin with what a decoder takes for a byte order mark, and leaves out.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return [...heads.entries()].map(({ name, head }) => [decoder.decode(name), head] as const);
}

/**
 * Reads what {@link saveHeads} wrote.
 * @throws {IntegrityError} `malformed` when the hash of a correlation is not one
 */
export function restoreHeads(entries: LogVerifierState['heads']): CorrelationHeads {
  const heads = new CorrelationHeads();
  const encoder = new TextEncoder();
  for (const [correlationId, hash] of entries) {
    if (!isHash(hash)) throw new IntegrityError('malformed', `the hash of ${correlationId} is not one`);
    const name = encoder.encode(correlationId);
    const entry = heads.add(new DataView(name.buffer), 0, name.length);
    heads.setHead(entry, new DataView(encoder.encode(hash).buffer), 0);
  }
  return heads;
}
