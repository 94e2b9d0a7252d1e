import type { Trust } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { requestLogKeys } from '../server/request-evidence.ts';

/** Whom to believe about the log of a server. */
export interface ServerTrust {
  readonly trust: Trust;
  /** Whether a person gave the keys; else they are what the server lists itself. */
  readonly isTrusted: boolean;
}

/**
 * Takes the keys that a person gave; without any, those that the server lists, by which its log agrees with itself at most.
 * @throws {CommandFailure} `notReached`
 */
export async function trustFor(
  server: ServerAccess,
  given: Trust,
  signal: AbortSignal,
): Promise<ServerTrust> {
  if (given.keys.length > 0) return { trust: given, isTrusted: true };
  return { trust: { ...given, keys: await requestLogKeys(server, signal) }, isTrusted: false };
}
