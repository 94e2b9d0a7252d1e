import type { FastifyBaseLogger } from 'fastify';
import { cutAfter } from './cut-after.ts';
import { type DrainOptions, drainSpool } from './drain-spool.ts';
import type { IntakeStore } from './intake.ts';
import type { SpoolObserver } from './spool-observer.ts';

/** Stores what waits in a spool; see {@link drainSpool}. */
export type Drain = (options: Pick<DrainOptions, 'spool' | 'isAlone' | 'mayGoOn'>) => Promise<void>;

/** Options of {@link createDrain}. */
export interface DrainSettings {
  readonly store: IntakeStore;
  readonly logger: FastifyBaseLogger;
  /** Longest wait for one step of the database when somebody waits for it, in milliseconds. */
  readonly databaseTimeoutMs: number;
  /** Told about every entry that leaves a spool; default nobody. */
  readonly observer?: SpoolObserver | undefined;
}

// Nobody waits for these transactions, and they are large: a slow database must get through with them.
const patience = 6;

/** Makes the drain of a server: bounded waits, and a line in the log for every dead letter. */
export function createDrain({ store, logger, databaseTimeoutMs, observer }: DrainSettings): Drain {
  return (options) =>
    drainSpool({
      ...options,
      write: (submissions, how) =>
        cutAfter(patience * databaseTimeoutMs, store.disconnect, () =>
          store.write(submissions, { ...how, isFromSpool: true }),
        ),
      onDead(key, { reason, detail }) {
        const about = { eventId: key, reason, detail };
        logger.error(about, 'an accepted event cannot be stored: it is kept as a dead letter');
      },
      onCopied: (sequence) => observer?.copied(options.spool, sequence),
      onSettled: (entry) => observer?.settled(options.spool, entry),
    });
}
