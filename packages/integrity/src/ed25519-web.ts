import { safeBytesOfBase64url } from './base64.ts';
import { type Ed25519Pair, keyBytes, pkcs8OfSeed, signatureBytes } from './ed25519-key.ts';

const algorithm = { name: 'Ed25519' };

/** Makes the key pair of a seed (RFC 8032, section 5.1.5), through WebCrypto. */
export async function importSeed(seed: Uint8Array<ArrayBuffer>): Promise<Ed25519Pair> {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8OfSeed(seed), algorithm, true, ['sign']);
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
