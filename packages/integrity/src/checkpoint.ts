import { verifyEd25519 } from '#ed25519';
import { type Checkpoint, formatCheckpointBody, safeParseCheckpointBody } from './checkpoint-body.ts';
import { verifyCosignature } from './cosignature.ts';
import { type LogKeyPeriod, parseLogKeys, parseWitnessKeys, type TrustedKey } from './log-keys.ts';
import type { NoteSigner, NoteVerifier } from './note-key.ts';
import { type Failure, failureAt, type Report } from './report.ts';
import { type NoteSignature, noteBytes, type SignedNote, safeParseNote, signNote } from './signed-note.ts';

/** Whom to believe. */
export interface Trust {
  /** Keys of the log, as texts, with the sizes they were in use for where the log changed its key. */
  readonly keys: readonly (string | LogKeyPeriod)[];
  /** Keys of witnesses; default none. */
  readonly witnesses?: readonly string[];
  /** How many of these must have cosigned for the verdict `proven`; default 1. */
  readonly witnessesRequired?: number;
  /** Name the log must have; default: the name of the key that signed. */
  readonly origin?: string;
}

/** Who signed a checkpoint. */
export interface CheckpointSigner {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
}

/** A witness that vouches for a checkpoint. */
export interface CheckpointWitness extends CheckpointSigner {
  /** When it did, in seconds since 1970. */
  readonly timestamp: number;
}

/** What {@link verifyCheckpoint} found. */
export interface CheckpointReport extends Report {
  /** There when the note is a checkpoint; believe it only when the verdict is `proven` or `consistent_unwitnessed`. */
  readonly checkpoint?: Checkpoint | undefined;
  readonly signedBy: readonly CheckpointSigner[];
  readonly witnessedBy: readonly CheckpointWitness[];
}

/** Writes and signs a checkpoint (C2SP tlog-checkpoint). Several signers are for the time of a key change. */
export function signCheckpoint(
  checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root'> & Partial<Checkpoint>,
  signers: readonly NoteSigner[],
): Promise<string> {
  return signNote(formatCheckpointBody(checkpoint), signers);
}

/**
 * Opens a checkpoint against the keys that are trusted. Signatures of others are ignored; one of a trusted key that does
 * not verify breaks the whole note (C2SP signed-note, "Signatures").
 */
export async function verifyCheckpoint(note: string, trust: Trust): Promise<CheckpointReport> {
  const keys = parseLogKeys(trust.keys);
  const witnesses = parseWitnessKeys(trust.witnesses ?? []);
  const parsed = safeParseNote(note);
  if (parsed === undefined) return report({}, failureAt('malformed_note', 'this is no signed note'));
  const checkpoint = safeParseCheckpointBody(parsed.text);
  if (checkpoint === undefined) {
    return report({}, failureAt('malformed_checkpoint', 'the note is not a checkpoint'));
  }
  if (keys.length === 0) return report({ checkpoint, unknown: true });
  const signedBy = await signersOf(parsed, keys, checkpoint.size);
  if (!Array.isArray(signedBy)) return report({ checkpoint }, signedBy);
  const origin = trust.origin ?? signedBy[0]?.name ?? checkpoint.origin;
  if (checkpoint.origin !== origin) {
    const message = `the checkpoint is of ${checkpoint.origin}, not of ${origin}`;
    return report({ checkpoint }, failureAt('wrong_origin', message));
  }
  const witnessedBy = await witnessesOf(parsed, witnesses);
  if (!Array.isArray(witnessedBy)) return report({ checkpoint, signedBy }, witnessedBy);
  return report({ checkpoint, signedBy, witnessedBy, required: trust.witnessesRequired ?? 1 });
}

async function signersOf(
  note: SignedNote,
  keys: readonly TrustedKey[],
  size: number,
): Promise<CheckpointSigner[] | Failure> {
  const signers: CheckpointSigner[] = [];
  for (const { verifier, from, until } of keys) {
    const { name, id } = verifier;
    const signature = signatureOf(note, verifier);
    if (signature === undefined) continue;
    if (!(await verifyEd25519(verifier.publicKey, signature.bytes, noteBytes(note.text)))) {
      return failureAt('signature_invalid', `the signature of ${name}+${id} does not verify`);
    }
    if (size < from || size > until) {
      return failureAt('key_out_of_period', `${name}+${id} signs sizes ${from} to ${until}, not ${size}`);
    }
    signers.push({ name, id });
  }
  if (signers.length > 0) return signers;
  const names = note.signatures.map(({ name, id }) => `${name}+${id}`).join(', ');
  return failureAt('no_known_signature', `signed by ${names}; none of these keys is trusted`);
}

async function witnessesOf(
  note: SignedNote,
  witnesses: readonly NoteVerifier[],
): Promise<CheckpointWitness[] | Failure> {
  const found: CheckpointWitness[] = [];
  for (const verifier of witnesses) {
    const { name, id } = verifier;
    const signature = signatureOf(note, verifier);
    if (signature === undefined) continue;
    const timestamp = await verifyCosignature(note.text, signature, verifier);
    if (timestamp === undefined) {
      return failureAt('signature_invalid', `the cosignature of ${name}+${id} does not verify`);
    }
    found.push({ name, id, timestamp });
  }
  return found;
}

/** The first signature of a key; repetitions say nothing new. */
function signatureOf(note: SignedNote, { name, id }: NoteVerifier): NoteSignature | undefined {
  return note.signatures.find((signature) => signature.name === name && signature.id === id);
}

interface Found {
  readonly checkpoint?: Checkpoint;
  readonly signedBy?: readonly CheckpointSigner[];
  readonly witnessedBy?: readonly CheckpointWitness[];
  readonly required?: number;
  /** No key is trusted. */
  readonly unknown?: boolean;
}

function report(found: Found, failure?: Failure): CheckpointReport {
  const { checkpoint, signedBy = [], witnessedBy = [], required = 1, unknown = false } = found;
  const needed = Math.max(1, required);
  const isWitnessed = witnessedBy.length >= needed;
  const holds = unknown ? 'not_checked' : 'holds';
  const verified = unknown ? 'cannot_check' : isWitnessed ? 'proven' : 'consistent_unwitnessed';
  return {
    verdict: failure === undefined ? verified : 'broken',
    checks: [
      {
        statement: `the checkpoint is signed by ${listNames(signedBy, 'a trusted key')}`,
        outcome: failure === undefined ? holds : 'fails',
      },
      {
        statement: `the checkpoint is cosigned by ${listNames(witnessedBy, 'trusted witnesses')} (${witnessedBy.length}, needed ${needed})`,
        outcome: isWitnessed ? 'holds' : 'not_checked',
      },
    ],
    signedBy,
    witnessedBy,
    checkpoint,
    failure,
  };
}

function listNames(signers: readonly CheckpointSigner[], otherwise: string): string {
  return signers.map(({ name, id }) => `${name}+${id}`).join(', ') || otherwise;
}
