import { verifyEd25519 } from '#ed25519';
import { safeParseCheckpointBody } from './checkpoint-body.ts';
import { signatureBytes } from './ed25519-key.ts';
import { IntegrityError } from './integrity-error.ts';
import type { NoteSigner, NoteVerifier } from './note-key.ts';
import { formatNote, type NoteSignature, noteBytes, safeParseNote } from './signed-note.ts';

const timestampBytes = 8;

/**
 * Adds a witness's cosignature/v1 to a checkpoint (C2SP tlog-cosignature). Before it calls this a witness verifies the
 * log's signature and that the tree is consistent with the largest it has seen of this origin.
 * @param timestamp seconds since 1970
 */
export async function cosignCheckpoint(note: string, signer: NoteSigner, timestamp: number): Promise<string> {
  const parsed = safeParseNote(note);
  if (parsed === undefined || safeParseCheckpointBody(parsed.text) === undefined) {
    throw new IntegrityError('malformed', 'only checkpoints are cosigned');
  }
  const { name, id, kind } = signer.verifier;
  if (kind !== 'cosignature')
    throw new IntegrityError('unusable_key', 'a cosignature needs a key of that kind');
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new IntegrityError('out_of_range', 'the time of a cosignature is in seconds since 1970');
  }
  const bytes = new Uint8Array(timestampBytes + signatureBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timestamp));
  bytes.set(await signer.sign(messageAt(timestamp, parsed.text)), timestampBytes);
  const others = parsed.signatures.filter((other) => other.name !== name || other.id !== id);
  return formatNote({ text: parsed.text, signatures: [...others, { name, id, bytes }] });
}

/**
 * Verifies one cosignature/v1 over a checkpoint's body.
 * @returns the time it states, in seconds since 1970, or undefined when the key did not make it
 */
export async function verifyCosignature(
  text: string,
  signature: NoteSignature,
  verifier: NoteVerifier,
): Promise<number | undefined> {
  if (signature.bytes.length !== timestampBytes + signatureBytes) return undefined;
  const timestamp = Number(new DataView(signature.bytes.buffer).getBigUint64(0));
  if (!Number.isSafeInteger(timestamp)) return undefined;
  const made = signature.bytes.slice(timestampBytes);
  const holds = await verifyEd25519(verifier.publicKey, made, messageAt(timestamp, text));
  return holds ? timestamp : undefined;
}

function messageAt(timestamp: number, text: string): Uint8Array<ArrayBuffer> {
  return noteBytes(`cosignature/v1\ntime ${timestamp}\n${text}`);
}
