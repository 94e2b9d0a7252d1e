import type { ChainVerification } from '@audit/schema';
import { correlations } from '../log-layout.ts';
import { type Finding, findingAt, type Scene } from './scene.ts';

/** Asks the server to verify every correlation: the server's word about itself. */
export async function chainVerification({ server }: Scene): Promise<Finding> {
  const answers = await Promise.all(
    correlations.map((correlation_id) => server.post('/api/v1/audit/verify-chain', { correlation_id })),
  );
  // The routes are checked against the contract by their own tests.
  const failures = (answers as ChainVerification[]).flatMap(({ first_failure: failure }) => failure ?? []);
  const [first] = failures.toSorted((one, other) => (one.sequence ?? -1) - (other.sequence ?? -1));
  return first === undefined ? undefined : findingAt(first.code, first.sequence);
}
