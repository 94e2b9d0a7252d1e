import { setTimeout as delay } from 'node:timers/promises';
import { isAuditError } from '@audit/schema';
import type { AppendRefusal, Spool } from '@audit/spool';
import type { FastifyBaseLogger } from 'fastify';
import { GroupCommit, type GroupCommitLimits, type QueueDepth } from '../ingest/group-commit.ts';
import type { AcceptedResult, Submission, SubmissionResult } from '../ingest/submission.ts';
import { isPassingError, StoreUnavailableError } from '../store/store-errors.ts';
import type { Drain } from './create-drain.ts';
import { cutAfter } from './cut-after.ts';
import { type Intake, type IntakeStatus, type IntakeStore, openPatience } from './intake.ts';
import { isSpooling, nextOutageState, type OutageEvent, type OutageState } from './outage-state.ts';
import { reportOutage } from './report-outage.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { SpoolObserver } from './spool-observer.ts';
import { toSpoolInput } from './spooled-request.ts';

/** Options of {@link SpoolingIntake}. */
export interface SpoolingIntakeOptions {
  readonly store: IntakeStore;
  readonly spool: Spool;
  readonly drain: Drain;
  readonly logger: FastifyBaseLogger;
  /** Told about every request that is spooled; default nobody. */
  readonly observer?: SpoolObserver | undefined;
  readonly commits?: Partial<GroupCommitLimits>;
  /** Longest wait for one step of the database, in milliseconds. */
  readonly databaseTimeoutMs: number;
  /** Milliseconds to wait before an attempt to reach the database again, the first being 0. */
  readonly delayMs?: (attempt: number) => number;
  /** Whether the store was opened already; the intake tries to itself when it was not. */
  readonly isOpen: boolean;
}

/**
 * Takes writes whether the database can be used or not. While it can, they are stored. While it cannot, they are kept in
 * the spool, and when it is back the spool is stored first, so that the order in which this process accepted them stays.
 */
export class SpoolingIntake implements Intake {
  readonly #options: SpoolingIntakeOptions;
  readonly #commits: GroupCommit;
  readonly #closing = new AbortController();
  #state: OutageState = 'connected';
  #handover = Promise.withResolvers<void>();
  #recovery: Promise<void> | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #refusedUntil = 0;
  #lastFailure = '';
  #isSpoolReadable = true;

  constructor(options: SpoolingIntakeOptions) {
    this.#options = options;
    options.observer?.opened(options.spool);
    this.#commits = new GroupCommit((submissions) => this.#write(submissions), options.commits);
    const { entries } = options.spool.statistics();
    if (entries > 0)
      options.logger.info({ spooledRequests: entries }, 'an earlier run left requests in the spool');
    if (options.isOpen && entries === 0) return;
    this.#state = 'away';
    this.#recovery = this.#recover();
  }

  get status(): IntakeStatus {
    const isSpoolRefusing = performance.now() < this.#refusedUntil;
    return { state: this.#state, isSpoolRefusing, spool: this.#options.spool.statistics() };
  }

  get queue(): QueueDepth {
    return this.#commits.queue;
  }

  async submit(submission: Submission): Promise<SubmissionResult | AcceptedResult> {
    if (isSpooling(this.#state)) return this.#spool(submission);
    try {
      return await this.#commits.submit(submission);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return this.#spool(submission);
    }
  }

  async close(milliseconds: number): Promise<void> {
    if (this.#state !== 'away') await Promise.race([this.#recovery, this.#pause(milliseconds)]);
    this.#closing.abort();
    if (this.#state !== 'connected') this.#options.store.disconnect();
    await this.#commits.drain();
    await this.#recovery;
    await this.#options.spool.close();
  }

  // Failures come in the order of the writes, so that what they leave behind is spooled in that order.
  #write(submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> {
    const before = this.#lastWrite;
    const written = this.#writeNow(submissions).catch(async (error: unknown) => {
      await before;
      throw error;
    });
    this.#lastWrite = written.catch(() => {
      // Whoever submitted gets the error; the next in line only waits for the end.
    });
    return written;
  }

  async #writeNow(submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> {
    const { databaseTimeoutMs, store } = this.#options;
    if (this.#state === 'handing_over') {
      await Promise.race([this.#handover.promise, this.#pause(databaseTimeoutMs)]);
    }
    if (this.#state !== 'connected') throw new StoreUnavailableError('the database cannot be used now');
    try {
      return await this.#reach(databaseTimeoutMs, () => store.write(submissions));
    } catch (error) {
      if (isPassingError(error)) this.#move('lost', error);
      throw error;
    }
  }

  #reach<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
    return cutAfter(milliseconds, this.#options.store.disconnect, work);
  }

  async #spool(submission: Submission): Promise<AcceptedResult> {
    const { spool, observer } = this.#options;
    const outcome = spool.append(toSpoolInput(submission));
    if (outcome.status === 'refused') throw this.#refused(outcome.reason, outcome.error);
    observer?.spooled(spool, submission.length);
    // An entry whose flush fails may still be stored later: the same request sent again is then recognised by its ids.
    await spool.sync().catch((error: unknown) => {
      throw this.#refused('io_error', error);
    });
    this.#refusedUntil = 0;
    return { outcome: 'accepted' };
  }

  #refused(reason: AppendRefusal, cause: unknown): StoreUnavailableError {
    this.#refusedUntil = performance.now() + refusalMs;
    return new StoreUnavailableError(`the database is away and the spool takes nothing: ${reason}`, {
      cause,
    });
  }

  #move(event: OutageEvent, error?: unknown): void {
    const before = this.#state;
    this.#state = nextOutageState(before, event);
    if (this.#state === before) return;
    if (this.#state === 'handing_over') this.#handover = Promise.withResolvers();
    if (before === 'handing_over') this.#handover.resolve();
    const { logger, spool } = this.#options;
    reportOutage(logger, { before, after: this.#state, spool: spool.statistics(), error });
    if (this.#state === 'away') this.#recovery ??= this.#recover();
  }

  async #recover(): Promise<void> {
    const { delayMs = retryDelayMs } = this.#options;
    for (let attempt = 0; !this.#closing.signal.aborted; attempt += 1) {
      await this.#pause(delayMs(attempt));
      const { firstSequence } = this.#options.spool.statistics();
      // Looked at again: writes that waited for the spool can have lost the database already.
      if ((await this.#tryToRecover()) && this.#state === 'connected') break;
      // Whoever gets on is not away: the next attempt comes soon.
      if (this.#options.spool.statistics().firstSequence > firstSequence) attempt = 0;
    }
    this.#recovery = undefined;
  }

  async #tryToRecover(): Promise<boolean> {
    const { databaseTimeoutMs, store } = this.#options;
    try {
      await this.#reach(databaseTimeoutMs, () => store.reach());
      await this.#reach(openPatience * databaseTimeoutMs, () => store.open());
      // What failed meanwhile is in the spool then, before what comes next.
      await this.#commits.drain();
      this.#move('found');
      await this.#drain();
      this.#isSpoolReadable = true;
    } catch (error) {
      return this.#afterFailure(error);
    }
    this.#move(this.#closing.signal.aborted ? 'lost' : 'drained');
    return true;
  }

  #drain(): Promise<void> {
    const { drain, spool } = this.#options;
    const mayGoOn = () => {
      if (spool.statistics().bytes <= handoverBytesMax) this.#move('nearly_drained');
      return !this.#closing.signal.aborted;
    };
    return drain({ spool, isAlone: this.#state !== 'connected', mayGoOn });
  }

  #afterFailure(error: unknown): false {
    if (!isAuditError(error)) {
      this.#move('lost', error);
      this.#reportFailure(error);
      return false;
    }
    // The database is there: what cannot be read waits, and must not keep what comes from being stored.
    if (this.#isSpoolReadable) this.#options.logger.error({ err: error }, 'the spool cannot be read');
    this.#isSpoolReadable = false;
    this.#move('drained');
    return false;
  }

  // An attempt a second is made; what it finds is told when it is something new.
  #reportFailure(error: unknown): void {
    const message = String(error);
    if (message === this.#lastFailure) return;
    this.#lastFailure = message;
    this.#options.logger.warn({ err: error }, 'the database cannot be used yet');
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {
      // The end of the service ends the wait.
    });
  }
}

/** Small enough to be stored while writes wait. */
const handoverBytesMax = 2 * 1_048_576;

/** How long a refusal of the spool counts: whether it takes something again shows only when it is asked. */
const refusalMs = 5_000;
