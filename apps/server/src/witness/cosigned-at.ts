import { type NoteVerifier, safeParseNote } from '@audit/integrity';
import type { Cosignature } from './cosignature-store.ts';

/**
 * Reads when a witness made a cosignature, in seconds since 1970 by its clock (C2SP tlog-cosignature: the first eight
 * bytes). It was verified before it was stored.
 */
export function cosignedAt(
  { checkpoint, signature }: Cosignature,
  witness: NoteVerifier,
): number | undefined {
  const signatures = safeParseNote(checkpoint + signature)?.signatures ?? [];
  const own = signatures.find(({ name, id }) => name === witness.name && id === witness.id);
  if (own === undefined || own.bytes.length < 8) return undefined;
  return Number(Buffer.from(own.bytes).readBigUInt64BE());
}
