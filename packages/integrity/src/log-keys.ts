import { IntegrityError } from './integrity-error.ts';
import { type NoteVerifier, parseVerifier } from './note-key.ts';

/**
 * A key of a log and the tree sizes it signs: `from` and up to, not including, `until`. A log that changes its key lists
 * the old one until the size of the change and the new one from there; at that very size both may sign.
 */
export interface LogKeyPeriod {
  /** Text of the public key. */
  readonly key: string;
  /** First tree size it may sign; default 0. */
  readonly from?: number;
  /** Last tree size it may sign; left out for a key in use. */
  readonly until?: number;
}

/** A key that is trusted, taken apart. */
export interface TrustedKey {
  readonly verifier: NoteVerifier;
  readonly from: number;
  readonly until: number;
}

/** Reads the keys of a log; a plain text is a key for every size. */
export function parseLogKeys(keys: readonly (string | LogKeyPeriod)[]): TrustedKey[] {
  const trusted = keys.map((entry) => {
    const {
      key,
      from = 0,
      until = Number.MAX_SAFE_INTEGER,
    } = typeof entry === 'string' ? { key: entry } : entry;
    const verifier = parseVerifier(key);
    if (verifier.kind !== 'ed25519') throw new IntegrityError('unusable_key', 'a log signs with ed25519');
    if (from > until) throw new IntegrityError('out_of_range', `key ${verifier.text} is never in use`);
    return { verifier, from, until };
  });
  assertDistinct(trusted.map(({ verifier }) => verifier));
  return trusted;
}

/** Reads the keys of witnesses. */
export function parseWitnessKeys(keys: readonly string[]): NoteVerifier[] {
  const witnesses = keys.map(parseVerifier);
  if (witnesses.some(({ kind }) => kind !== 'cosignature')) {
    throw new IntegrityError('unusable_key', 'a witness signs with a key of the kind cosignature (0x04)');
  }
  assertDistinct(witnesses);
  return witnesses;
}

/** Name and id lead to one key, or a signature could be verified by either (C2SP signed-note, "Signatures"). */
function assertDistinct(verifiers: readonly NoteVerifier[]): void {
  const names = new Set(verifiers.map(({ name, id }) => `${name}+${id}`));
  if (names.size !== verifiers.length)
    throw new IntegrityError('unusable_key', 'two keys have the same name and id');
}
