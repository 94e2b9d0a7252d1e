import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SettingError } from '../setting-error.ts';
import { type AccessPolicy, parseAccessPolicy } from './access-policy.ts';

/** A policy as it was found in its file. */
export interface LoadedPolicy {
  readonly policy: AccessPolicy;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

/**
 * Reads the policy file.
 * @throws {SettingError} naming every fault
 */
export async function loadAccessPolicy(file: string): Promise<LoadedPolicy> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SettingError(`${setting}: ${reasonOf(error)}`, { cause: error });
  });
  const parsed = parseAccessPolicy(text);
  if (!parsed.success) throw new SettingError(`${setting}: ${file}: ${parsed.faults.join('; ')}`);
  return { policy: parsed.policy, sha256: createHash('sha256').update(text).digest('hex') };
}

const setting = '--access-policy or AUDIT_ACCESS_POLICY';

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
