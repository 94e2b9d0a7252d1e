import { verifyExport } from '@audit/integrity';
import type { Evidence, Finding, Scene } from './scene.ts';
import { findingAt } from './scene.ts';

/** Verifies a whole export against the newest checkpoint, with keys from elsewhere; a missing witness counts. */
export async function wholeExport({ log: { trust } }: Scene, evidence: Evidence): Promise<Finding> {
  const { checkpoint, refusal } = evidence;
  if (refusal !== undefined) return refusal;
  const { failure, verdict } = await verifyExport([evidence.text], { checkpoint, trust, logId: 'default' });
  if (failure !== undefined) return findingAt(failure.code, failure.sequence);
  return verdict === 'proven' ? undefined : verdict;
}
