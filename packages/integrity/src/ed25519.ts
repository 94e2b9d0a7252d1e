import { safeBytesOfBase64url } from './base64.ts';
import { IntegrityError } from './integrity-error.ts';

const algorithm = { name: 'Ed25519' };

/** Bytes of an Ed25519 seed and of a public key (RFC 8032, section 5.1.5). */
export const keyBytes = 32;

/** Bytes of an Ed25519 signature (RFC 8032, section 5.1.6). */
export const signatureBytes = 64;

// PKCS #8 of an Ed25519 key is these bytes and the seed (RFC 8410, section 7).
const pkcs8Prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** An Ed25519 key pair in the engine's keeping. */
export interface Ed25519Pair {
  readonly seed: Uint8Array<ArrayBuffer>;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Makes a seed for a new key pair. */
export function randomSeed(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(keyBytes));
}

/** Makes the key pair of a seed (RFC 8032, section 5.1.5), through WebCrypto. */
export async function importSeed(seed: Uint8Array<ArrayBuffer>): Promise<Ed25519Pair> {
  if (seed.length !== keyBytes) throw new IntegrityError('unusable_key', 'an Ed25519 seed has 32 bytes');
  const pkcs8 = Uint8Array.from([...pkcs8Prefix, ...seed]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
  const { x = '' } = await crypto.subtle.exportKey('jwk', key);
  const publicKey = safeBytesOfBase64url(x) ?? new Uint8Array();
  return {
    seed,
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(algorithm, key, message)),
  };
}

/** Verifies an Ed25519 signature (RFC 8032, section 5.1.7). A key or signature that is none verifies nothing. */
export async function verifyEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (publicKey.length !== keyBytes || signature.length !== signatureBytes) return false;
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, algorithm, false, ['verify']);
    return await crypto.subtle.verify(algorithm, key, signature, message);
  } catch {
    // 32 bytes that are no point of the curve: engines differ in when they notice, so it counts as not signed.
    return false;
  }
}
