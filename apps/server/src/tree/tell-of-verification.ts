import { chainVerified, type Principal } from '@audit/datastorage/server';
import { safeParseCheckpointBody, safeParseNote } from '@audit/integrity';
import type { ChainVerification } from '@audit/schema';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { tell } from '../own-events/tell.ts';
import { describeCorrelation } from '../query/describe-correlation.ts';
import type { Database } from '../store/database.ts';

/** What {@link tellOfVerification} needs. */
export interface VerificationTelling {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
}

/**
 * Stores the event of a verification in the trail that was verified. A trail without producers' records gets none: nobody
 * makes one by asking, and verifying what the service tells of itself does not prolong it.
 */
export async function tellOfVerification(
  { database, logId, ownEvents }: VerificationTelling,
  verification: ChainVerification,
  principal: Principal,
): Promise<void> {
  const { correlation_id: correlationId, total_events: total } = verification;
  if (total === 0) return;
  const { hasProducers } = await describeCorrelation(database, logId, correlationId);
  if (hasProducers)
    await tell(ownEvents, chainVerified({ principal, correlationId, found: foundOf(verification) }));
}

function foundOf(verification: ChainVerification) {
  const { is_valid, total_events, verified_events, purged_events, first_failure, checkpoint } = verification;
  const size = safeParseCheckpointBody(safeParseNote(checkpoint)?.text ?? '')?.size;
  return {
    is_valid,
    total_events,
    verified_events,
    purged_events,
    ...(size === undefined ? {} : { checkpoint_size: size }),
    ...(first_failure === undefined ? {} : { first_failure: placeOf(first_failure) }),
  };
}

function placeOf({ code, sequence }: NonNullable<ChainVerification['first_failure']>) {
  return sequence === undefined ? { code } : { code, sequence };
}
