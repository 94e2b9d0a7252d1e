import type { DeadLetter, DeathCause, SpoolEntry } from '@audit/spool';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Makes the dead letter that the spool keeps of an entry, for `onDeadLetter`. */
export function toDeadLetter(entry: SpoolEntry, cause: DeathCause, diedAtMs: number): DeadLetter {
  const { sequence, key, payload, appendedAtMs } = entry;
  return {
    id: `${String(sequence).padStart(16, '0')}-${key}`,
    sequence,
    key,
    ...cause,
    text: decoder.decode(payload),
    appendedAt: new Date(appendedAtMs).toISOString(),
    diedAt: new Date(diedAtMs).toISOString(),
  };
}
