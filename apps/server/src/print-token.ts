import type { Role } from './access/role.ts';
import { createToken, tokenDigest } from './access/static-tokens.ts';

/** Makes a token; it goes to stdout and nowhere else, what to do with it to stderr. */
export function printToken(principal: string, roles: readonly Role[]): void {
  const token = createToken();
  const entry = { principal, roles: [...new Set(roles)], sha256: tokenDigest(token) };
  process.stderr.write(
    'The token below is shown once and kept nowhere. Put this entry under "tokens" of the access policy:\n' +
      `${JSON.stringify(entry)}\n`,
  );
  process.stdout.write(`${token}\n`);
}
