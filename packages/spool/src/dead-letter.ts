import { deadLetterId } from './dead-letter-file.ts';
import type { DeadLetter, DeathCause, SpoolEntry } from './spool.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Makes the dead letter that a spool keeps of an entry; its id is the sequence, sixteen digits, and the key. */
export function toDeadLetter(entry: SpoolEntry, cause: DeathCause, diedAtMs: number): DeadLetter {
  const { sequence, key, payload, appendedAtMs } = entry;
  return {
    id: deadLetterId(sequence, key),
    sequence,
    key,
    reason: cause.reason,
    detail: cause.detail,
    text: decoder.decode(payload),
    appendedAt: new Date(appendedAtMs).toISOString(),
    diedAt: new Date(diedAtMs).toISOString(),
  };
}
