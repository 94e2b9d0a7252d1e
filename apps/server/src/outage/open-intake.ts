import type { Spool } from '@audit/spool';
import type { FastifyBaseLogger } from 'fastify';
import { GroupCommit, type GroupCommitLimits } from '../ingest/group-commit.ts';
import { isUnreachable } from '../store/store-errors.ts';
import { createDrain } from './create-drain.ts';
import { cutAfter } from './cut-after.ts';
import { type Intake, type IntakeStore, openPatience } from './intake.ts';
import { LeftOverSpools } from './left-over-spools.ts';
import type { SpoolObserver } from './spool-observer.ts';
import { SpoolingIntake } from './spooling-intake.ts';

/** Options of {@link openIntake}. */
export interface IntakeOptions {
  readonly store: IntakeStore;
  /** Undefined when there is none: writes that cannot be stored are then refused. */
  readonly spools: IntakeSpools | undefined;
  readonly logger: FastifyBaseLogger;
  readonly commits: Partial<GroupCommitLimits>;
  /** Longest wait for one step of the database, in milliseconds. */
  readonly databaseTimeoutMs: number;
  /** Told about the events that go through spools; default nobody. */
  readonly observer?: SpoolObserver;
}

/** Where writes are kept while the database cannot be used. */
export interface IntakeSpools {
  /** That of this process. Closed with the intake. */
  readonly spool: Spool;
  /** Opens those that dead processes left and that hold something; default none is looked for. */
  readonly openLeftOvers?: () => Promise<readonly Spool[]>;
  /** Most bytes that the one of this process occupies, if they are limited. */
  readonly quotaBytes?: number;
  /** How often to look for left-over ones, in milliseconds; default 30,000. */
  readonly lookEveryMs?: number;
}

/**
 * Opens the store and takes writes for it. With a spool that works without the database, too.
 * @throws {Error} when the database refuses the service, or cannot be reached and there is no spool
 */
export async function openIntake(options: IntakeOptions): Promise<Intake> {
  const { store, spools, commits } = options;
  if (spools !== undefined) return openSpoolingIntake(options, spools);
  await store.open();
  const direct = new GroupCommit(store.write, commits);
  return {
    status: undefined,
    get queue() {
      return direct.queue;
    },
    submit: (submission) => direct.submit(submission),
    close: () => direct.drain(),
  };
}

async function openSpoolingIntake(options: IntakeOptions, spools: IntakeSpools): Promise<Intake> {
  const { spool, openLeftOvers = async () => [], lookEveryMs = 30_000 } = spools;
  const { logger, observer } = options;
  const drain = createDrain(options);
  const intake = new SpoolingIntake({ ...options, spool, drain, isOpen: await tryToOpen(options) });
  const leftOvers = new LeftOverSpools({
    open: openLeftOvers,
    mayStore: () => intake.status.state === 'connected',
    drain,
    logger,
    observer,
    everyMs: lookEveryMs,
  });
  return {
    get status() {
      return intake.status;
    },
    get queue() {
      return intake.queue;
    },
    submit: (submission) => intake.submit(submission),
    async close(milliseconds) {
      const closed = leftOvers.close();
      await intake.close(milliseconds);
      await closed;
    },
  };
}

async function tryToOpen({ store, logger, databaseTimeoutMs }: IntakeOptions): Promise<boolean> {
  try {
    await cutAfter(databaseTimeoutMs, store.disconnect, () => store.reach());
    await cutAfter(openPatience * databaseTimeoutMs, store.disconnect, () => store.open());
    return true;
  } catch (error) {
    // A wrong password or a newer schema does not pass: whoever starts the service should see that at once.
    if (!isUnreachable(error)) throw error;
    logger.error({ err: error }, 'the database cannot be reached: starting without it');
    return false;
  }
}
