import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenPolicy } from './access-policy.ts';

/**
 * Makes a token nobody can guess: 256 random bits. That is why its plain SHA-256 can be kept: slow hashes are for
 * passwords, which can be guessed.
 */
export function createToken(): string {
  return `audit_${randomBytes(32).toString('base64url')}`;
}

/** The digest that the policy has of a token, lower-case hex. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Finds the entry of a token. Every entry is compared, each in constant time, whether one fits or not. */
export function findToken(token: string, entries: readonly TokenPolicy[]): TokenPolicy | undefined {
  const digest = Buffer.from(tokenDigest(token), 'hex');
  return entries.filter(({ sha256 }) => timingSafeEqual(digest, Buffer.from(sha256, 'hex')))[0];
}
