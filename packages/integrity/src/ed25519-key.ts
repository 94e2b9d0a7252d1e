import { IntegrityError } from './integrity-error.ts';

/** Bytes of an Ed25519 seed and of a public key (RFC 8032, section 5.1.5). */
export const keyBytes = 32;

/** Bytes of an Ed25519 signature (RFC 8032, section 5.1.6). */
export const signatureBytes = 64;

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

// PKCS #8 of an Ed25519 key is these bytes and the seed (RFC 8410, section 7).
const pkcs8Prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** Writes a private key as engines import it. */
export function pkcs8OfSeed(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  if (seed.length !== keyBytes) throw new IntegrityError('unusable_key', 'an Ed25519 seed has 32 bytes');
  return Uint8Array.from([...pkcs8Prefix, ...seed]);
}
