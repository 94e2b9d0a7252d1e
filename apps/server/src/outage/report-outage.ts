import type { SpoolStatistics } from '@audit/spool';
import type { FastifyBaseLogger } from 'fastify';
import type { OutageState } from './outage-state.ts';

/** A change of state, for the log. */
export interface OutageChange {
  readonly before: OutageState;
  readonly after: OutageState;
  readonly spool: SpoolStatistics;
  /** What the database or the spool said, if that was why. */
  readonly error?: unknown;
}

/** Tells the operator that an outage begins, turns or ends. */
export function reportOutage(logger: FastifyBaseLogger, { before, after, spool, error }: OutageChange): void {
  const about = { spooledRequests: spool.entries, spooledBytes: spool.bytes, err: error };
  if (after === 'connected') logger.info(about, 'the outage is over: writes go to the database');
  else if (after === 'draining') logger.info(about, 'the database is back: what was spooled is being stored');
  else if (after === 'away' && before === 'connected')
    logger.error(about, 'the database cannot be used: writes go to the spool');
  else if (after === 'away') logger.warn(about, 'the database went before all that was spooled was stored');
}
