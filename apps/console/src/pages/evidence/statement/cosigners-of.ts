import type { NoteSignature } from '@audit/integrity';

/** A witness, as a signature names it. */
export interface Cosigner {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  /** When it cosigned by its own clock, RFC 3339; undefined where the signature does not say. */
  readonly at?: string | undefined;
}

const timestampBytes = 8;
const secondsMax = 8_640_000_000_000;

/** Reads who cosigned and when (C2SP tlog-cosignature: the first eight bytes are seconds since 1970). It verifies nothing. */
export function cosignersOf(signatures: readonly NoteSignature[]): Cosigner[] {
  return signatures.map(({ bytes, id, name }) => ({ name, id, at: timeOf(bytes) }));
}

function timeOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < timestampBytes) return undefined;
  const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  return seconds <= secondsMax ? new Date(seconds * 1_000).toISOString() : undefined;
}
