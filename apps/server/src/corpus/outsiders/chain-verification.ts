import type { ChainVerification } from '@audit/schema';
import { correlations } from '../log-layout.ts';
import { type Finding, findingAt, type Scene } from './scene.ts';

/** Asks the server to verify every correlation: the server's word about itself. */
export async function chainVerification({ server }: Scene): Promise<Finding> {
  const answers: unknown[] = [];
  // One at a time: the server verifies few chains at once, and refuses the others.
  for (const correlation_id of correlations)
    answers.push(await server.post('/api/v1/audit/verify-chain', { correlation_id }));
  // The routes are checked against the contract by their own tests.
  const failures = (answers as ChainVerification[]).flatMap(({ first_failure: failure }) => failure ?? []);
  const [first] = failures.toSorted((one, other) => (one.sequence ?? -1) - (other.sequence ?? -1));
  return first === undefined ? undefined : findingAt(first.code, first.sequence);
}
