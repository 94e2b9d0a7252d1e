import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Roles that tests need. */
export type TokenRole = 'reader' | 'writer' | 'auditor' | 'custodian' | 'admin';

/** An access policy, and the token of each role in it. */
export interface Tokens {
  /** File for `--access-policy`. */
  readonly policyFile: string;
  readonly of: (role: TokenRole) => string;
  /** Removes the file. */
  remove(): Promise<void>;
}

const roles: readonly TokenRole[] = ['reader', 'writer', 'auditor', 'custodian', 'admin'];

/** Writes an access policy with one principal for each role, named as the role. */
export async function makeTokens(): Promise<Tokens> {
  const directory = await mkdtemp(join(tmpdir(), 'audit-console-'));
  const policyFile = join(directory, 'access-policy.json');
  const tokens = new Map(roles.map((role) => [role, `audit_${randomBytes(32).toString('base64url')}`]));
  const entries = [...tokens].map(([role, token]) => ({
    principal: role,
    roles: [role],
    sha256: createHash('sha256').update(token).digest('hex'),
  }));
  await writeFile(policyFile, JSON.stringify({ tokens: entries }));
  return {
    policyFile,
    of: (role) => tokens.get(role) ?? '',
    remove: () => rm(directory, { recursive: true }),
  };
}
