import { importSeed } from '#ed25519';
import { sha256Hex } from '#sha256';
import { base64OfBytes, safeBytesOfBase64 } from './base64.ts';
import { keyBytes, randomSeed } from './ed25519-key.ts';
import { IntegrityError } from './integrity-error.ts';

/**
 * What the signatures of a key are (C2SP signed-note, "Signature types"): `ed25519` over the note's text (0x01), or
 * `cosignature`, of a witness, over time and text (0x04, C2SP tlog-cosignature).
 */
export type NoteKeyKind = 'ed25519' | 'cosignature';

/** A public key with the name and id that its signatures carry. */
export interface NoteVerifier {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  readonly kind: NoteKeyKind;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Its text: `<name>+<id>+<base64>` (Go's note package; C2SP signed-note, "Verifier keys"). */
  readonly text: string;
}

/** A private key that signs notes. */
export interface NoteSigner {
  readonly verifier: NoteVerifier;
  /** Signs bytes as they are; `signNote` and `cosignCheckpoint` decide what these are. */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

const kindBytes = { ed25519: 1, cosignature: 4 } as const satisfies Record<NoteKeyKind, number>;

const kindOfByte = new Map<number | undefined, NoteKeyKind>([
  [kindBytes.ed25519, 'ed25519'],
  [kindBytes.cosignature, 'cosignature'],
]);

const privatePrefix = 'PRIVATE+KEY+';

/** Tells whether a text can name a key: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name) && name.isWellFormed();
}

/**
 * Makes a new key pair and returns its texts: the secret one for {@link importSigner}, the public one for everybody.
 * @param kind `ed25519` (default) for a log, `cosignature` for a witness
 */
export async function generateKey(
  name: string,
  kind: NoteKeyKind = 'ed25519',
): Promise<{ readonly signerKey: string; readonly verifierKey: string }> {
  const pair = await importSeed(randomSeed());
  const verifier = verifierOf(name, kind, pair.publicKey);
  const secret = base64OfBytes(Uint8Array.from([kindBytes[kind], ...pair.seed]));
  return { signerKey: `${privatePrefix}${name}+${verifier.id}+${secret}`, verifierKey: verifier.text };
}

/** Reads a public key's text. */
export function parseVerifier(text: string): NoteVerifier {
  const { name, id, kind, key } = parseKeyText(text);
  const verifier = verifierOf(name, kind, key);
  if (verifier.id !== id)
    throw new IntegrityError('unusable_key', 'the id of the key is not that of its bytes');
  return verifier;
}

/**
 * Reads a secret key's text: `PRIVATE+KEY+<name>+<id>+<base64>` (Go's note package). The text of a log's key makes a
 * witness's signer, too, when `kind` asks for it: then name and bytes stay and the id changes.
 */
export async function importSigner(text: string, kind?: NoteKeyKind): Promise<NoteSigner> {
  if (!text.startsWith(privatePrefix)) throw new IntegrityError('unusable_key', 'not a private key');
  const parsed = parseKeyText(text.slice(privatePrefix.length));
  const pair = await importSeed(parsed.key);
  const verifier = verifierOf(parsed.name, parsed.kind, pair.publicKey);
  if (verifier.id !== parsed.id) {
    throw new IntegrityError('unusable_key', 'the id of the key is not that of its bytes');
  }
  return { verifier: verifierOf(parsed.name, kind ?? parsed.kind, pair.publicKey), sign: pair.sign };
}

function parseKeyText(text: string): {
  readonly name: string;
  readonly id: string;
  readonly kind: NoteKeyKind;
  readonly key: Uint8Array<ArrayBuffer>;
} {
  const [, name = '', id = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+([^\n]+)$/.exec(text) ?? [];
  const bytes = safeBytesOfBase64(base64);
  const kind = kindOfByte.get(bytes?.[0]);
  if (!isKeyName(name) || bytes === undefined || kind === undefined || bytes.length !== 1 + keyBytes) {
    throw new IntegrityError(
      'unusable_key',
      'not a key of this form: <name>+<8 hex digits>+<base64 of 33 bytes>',
    );
  }
  return { name, id, kind, key: bytes.slice(1) };
}

/** Names a public key: id = SHA-256(name || 0x0A || kind || key)[:4] (C2SP signed-note, "Signatures"). */
function verifierOf(name: string, kind: NoteKeyKind, publicKey: Uint8Array<ArrayBuffer>): NoteVerifier {
  if (!isKeyName(name)) throw new IntegrityError('unusable_key', 'a key name has no spaces and no plus');
  const typed = Uint8Array.from([kindBytes[kind], ...publicKey]);
  const id = sha256Hex(Uint8Array.from([...new TextEncoder().encode(`${name}\n`), ...typed])).slice(0, 8);
  return { name, id, kind, publicKey, text: `${name}+${id}+${base64OfBytes(typed)}` };
}
