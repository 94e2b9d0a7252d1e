import { base64OfBytes, safeBytesOfBase64 } from './base64.ts';
import { bytesOfHex, hexOfBytes } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { isKeyName, type NoteSigner } from './note-key.ts';

/** One signature line of a note, not verified. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  /** What the key made, after the id. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A note taken apart (C2SP signed-note, "Format"). Nothing of it is to be believed before a signature is verified. */
export interface SignedNote {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const signaturesMax = 100;
const noteCharactersMax = 1_000_000;
const idBytes = 4;

/** Reads a note; undefined for anything that is none. */
export function safeParseNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf('\n\n');
  if (note.length > noteCharactersMax || end < 0 || !note.endsWith('\n') || !isNoteText(note))
    return undefined;
  const lines = note
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  const signatures = lines.map(parseSignatureLine);
  if (lines.length === 0 || lines.length > signaturesMax || !signatures.every(isThere)) return undefined;
  return { text: note.slice(0, end + 1), signatures };
}

/** Writes a note. */
export function formatNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, id, bytes }) => `— ${name} ${base64OfBytes(Uint8Array.from([...bytesOfHex(id), ...bytes]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/**
 * Signs a text with keys of the kind `ed25519` and writes the note.
 * @param text ends with a newline; no control character besides
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith('\n') || !isNoteText(text)) {
    throw new IntegrityError(
      'malformed',
      'the text of a note ends with a newline and has no control characters',
    );
  }
  if (signers.length === 0 || signers.some(({ verifier }) => verifier.kind !== 'ed25519')) {
    throw new IntegrityError('unusable_key', 'a note is signed by keys of the kind ed25519');
  }
  const message = noteBytes(text);
  const signatures = signers.map(async ({ verifier: { name, id }, sign }) => ({
    name,
    id,
    bytes: await sign(message),
  }));
  return formatNote({ text, signatures: await Promise.all(signatures) });
}

/** The bytes of a note's text, which are what is signed. */
export function noteBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a note must not have.
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = safeBytesOfBase64(base64);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= idBytes) return undefined;
  return { name, id: hexOfBytes(bytes.subarray(0, idBytes)), bytes: bytes.slice(idBytes) };
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
