import { type AuditServer, startAuditServer } from '@audit/environments';
import { afterAll, beforeAll } from 'vitest';
import { makeTokens, type Tokens } from './make-tokens.ts';

/** A server that asks everybody who he is, and tokens for it. */
export interface GuardedServer {
  readonly server: AuditServer;
  readonly tokens: Tokens;
}

/** Starts one with an empty log before the tests of a file, and ends it after them. */
export function withGuardedServer(): () => GuardedServer {
  let started: GuardedServer | undefined;
  beforeAll(async () => {
    const tokens = await makeTokens();
    const flags = ['--access-policy', tokens.policyFile];
    started = { tokens, server: await startAuditServer({ program: 'build', flags }) };
  });
  afterAll(async () => {
    await started?.server.stop();
    await started?.tokens.remove();
  });
  return () => {
    if (started === undefined) throw new Error('no test has begun yet');
    return started;
  };
}
