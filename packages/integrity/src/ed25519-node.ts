import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { base64urlOfBytes, safeBytesOfBase64url } from './base64.ts';
import { type Ed25519Pair, keyBytes, pkcs8OfSeed, signatureBytes } from './ed25519-key.ts';

/**
 * Makes the key pair of a seed (RFC 8032, section 5.1.5). Signs at once: WebCrypto does it on another thread, and the way
 * there and back takes a busy server far longer than the signature.
 */
export async function importSeed(seed: Uint8Array<ArrayBuffer>): Promise<Ed25519Pair> {
  const key = createPrivateKey({ key: Buffer.from(pkcs8OfSeed(seed)), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = safeBytesOfBase64url(x) ?? new Uint8Array();
  return { seed, publicKey, sign: async (message) => new Uint8Array(sign(null, message, key)) };
}

/** Verifies an Ed25519 signature (RFC 8032, section 5.1.7). A key or signature that is none verifies nothing. */
export async function verifyEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (publicKey.length !== keyBytes || signature.length !== signatureBytes) return false;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64urlOfBytes(publicKey) };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    // 32 bytes that are no point of the curve: engines differ in when they notice, so it counts as not signed.
    return false;
  }
}
