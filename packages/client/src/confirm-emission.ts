import type { Spool } from '@audit/spool';
import type { DurableOutcome, EmissionOutcome } from './emission.ts';
import { syncFailure } from './sync-failure.ts';

/** Waits until the disk confirms an accepted event. Never rejects: what the disk says becomes part of the outcome. */
export async function confirmEmission(outcome: EmissionOutcome, spool: Spool): Promise<DurableOutcome> {
  if (outcome.status !== 'accepted') return outcome;
  const { eventId } = outcome;
  try {
    await spool.sync();
    return { status: 'durable', eventId };
  } catch (cause) {
    return { status: 'accepted', eventId, error: syncFailure(cause) };
  }
}
