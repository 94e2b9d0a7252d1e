import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessPolicy } from '../access/access-policy.ts';
import { type Role, roles } from '../access/role.ts';
import { createToken, tokenDigest } from '../access/static-tokens.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A policy file whose content a test may replace. */
export interface PolicyFile {
  readonly path: string;
  write(policy: unknown): void;
}

/** Writes a policy file for the running test. */
export function policyFile(policy: unknown): PolicyFile {
  const path = join(temporaryDirectory(), 'access-policy.json');
  const write = (content: unknown) =>
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  write(policy);
  return { path, write };
}

/** A policy with one token for each role, held by a principal of the role's name. */
export interface RoleTokens {
  readonly policy: Pick<AccessPolicy, 'tokens'>;
  /** The header that a request of a role needs. */
  readonly as: (role: Role) => { readonly authorization: string };
}

/** Makes a token for each role. */
export function roleTokens(): RoleTokens {
  // Object.fromEntries forgets that the names are those of `roles`.
  const tokens = Object.fromEntries(roles.map((role) => [role, createToken()])) as Record<Role, string>;
  return {
    policy: {
      tokens: roles.map((role) => ({ principal: role, roles: [role], sha256: tokenDigest(tokens[role]) })),
    },
    as: (role) => ({ authorization: `Bearer ${tokens[role]}` }),
  };
}
