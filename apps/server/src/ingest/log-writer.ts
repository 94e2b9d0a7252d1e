import type { Database, Load, Transaction } from '../store/database.ts';
import { isEndElsewhere, isUniqueViolation, StoreUnavailableError } from '../store/store-errors.ts';
import { keyReplaced, type TreeSigner } from '../tree/tree-signer.ts';
import { Turns } from '../turns.ts';
import { CommitRows } from './commit-rows.ts';
import { expectEnd, lockLog, moveEnd } from './log-store.ts';
import { openView } from './open-view.ts';
import { Partitions } from './partitions.ts';
import { type CommitContext, type PreparedCommit, prepareCommit } from './prepare-commit.ts';
import { type Stages, untimed } from './stages.ts';
import type { Submission, SubmissionResult } from './submission.ts';
import { WriterLease } from './writer-lease.ts';

/** Options of {@link LogWriter}. */
export interface LogWriterOptions {
  readonly database: Database;
  readonly logId: string;
  readonly signer: TreeSigner;
  /** Partitions the log is written to; default of the usual widths. */
  readonly partitions?: Partitions;
  /** Told how long each stage takes; default nobody. */
  readonly stages?: Stages;
  /** Told of each call that starts over; default nobody. */
  readonly onRestart?: () => void;
}

/** Options of {@link LogWriter.write}. */
export interface WriteOptions {
  /** Whether nothing is to be stored unless the call before was; default false. */
  readonly isSequel?: boolean;
}

/** How long stored events are looked for after one came again: who sends one again often sends more. */
const repeatsMs = 10_000;

type Results = readonly SubmissionResult[];

/** A call that has begun. */
interface Call {
  /** Whether it holds the log's row lock, or never will; one that is sent before could be there first. */
  readonly begun: Promise<unknown>;
  /** Whether its first attempt committed. */
  readonly attempted: Promise<boolean>;
  /** Its end and that of all before it, whose answers can come later, and whether it was stored. */
  readonly ended: Promise<boolean>;
}

interface PreparedLoad {
  readonly commit: PreparedCommit;
  /** Undefined when nothing is to be written. */
  readonly load?: Load;
}

const noCall: Call = {
  begun: Promise.resolve(),
  attempted: Promise.resolve(true),
  ended: Promise.resolve(true),
};

/**
 * Writes submissions to one log, one transaction a call, each with a signed checkpoint over the log as it then is. Two calls
 * overlap: the records of the second are written for the place they will have if the first succeeds, and are with the
 * database when the first commits. A lease keeps other processes from writing meanwhile. Each transaction begins by taking
 * the log's row lock where it believed the log to end. If the log ends elsewhere, because the call before it failed or the
 * lease was lost, or if one of its events is stored already, which is rare and not looked for in advance, it starts over
 * under that lock. So the sequence is dense and every correlation is one chain, whoever writes.
 */
export class LogWriter {
  readonly #database: Database;
  readonly #logId: string;
  readonly #signer: TreeSigner;
  readonly #partitions: Partitions;
  readonly #stages: Stages;
  readonly #lease: WriterLease;
  readonly #onRestart: (() => void) | undefined;
  readonly #preparing = new Turns();
  #previous: Call = noCall;
  #beforePrevious: Call = noCall;
  #repeatsUntil = 0;
  /** Of commits that have ended; never more than are under way at one time. */
  readonly #spareRows: CommitRows[] = [];

  constructor(options: LogWriterOptions) {
    this.#database = options.database;
    this.#logId = options.logId;
    this.#signer = options.signer;
    this.#partitions = options.partitions ?? new Partitions({ database: options.database });
    this.#stages = options.stages ?? untimed;
    this.#lease = new WriterLease(options);
    this.#onRestart = options.onRestart;
  }

  /** Gives back what it holds of the database; call it when the last write has ended. */
  close(): void {
    this.#lease.end();
  }

  /** Stores the submissions; when it throws, nothing of this call is known to be stored. */
  write(submissions: readonly Submission[], options: WriteOptions = {}): Promise<Results> {
    const previous = this.#previous;
    const room = this.#beforePrevious.ended;
    const begun = Promise.withResolvers<void>();
    const attempt = room.then(() => this.#attempt(previous, submissions, begun.resolve));
    const written = attempt
      .catch(async (error: unknown) => {
        this.#lease.distrustView();
        if (isUniqueViolation(error)) this.#repeatsUntil = performance.now() + repeatsMs;
        if (!isOutrun(error) || (!(await previous.ended) && options.isSequel)) throw error;
        this.#onRestart?.();
        return this.#startOver(submissions);
      })
      .finally(() => this.#lease.leave());
    this.#beforePrevious = previous;
    const ended = succeeds(written);
    const attempted = succeeds(attempt);
    this.#previous = {
      begun: Promise.race([begun.promise, attempted]),
      attempted,
      ended: previous.ended.then(() => ended),
    };
    return written;
  }

  async #attempt(previous: Call, submissions: readonly Submission[], onBegun: () => void): Promise<Results> {
    const { commit, load } = await this.#preparing.take(() => this.#prepareLoad(previous, submissions));
    if (load === undefined) {
      if (commit.reliesOnUnderway && !(await previous.attempted)) throw new StaleCommitError();
      return commit.results;
    }
    await previous.begun;
    await this.#stages.wait('transaction', () => this.#database.load(load, onBegun));
    // Only now are they known to be read: what failed may still be on its way.
    commit.rows.clear();
    this.#spareRows.push(commit.rows);
    for (const eventId of commit.eventIds) commit.view.underway.delete(eventId);
    return commit.results;
  }

  async #prepareLoad(previous: Call, submissions: readonly Submission[]): Promise<PreparedLoad> {
    const view = await this.#lease.enter(previous.ended);
    const isLookedUp = performance.now() < this.#repeatsUntil;
    const rows = this.#spareRows.pop() ?? new CommitRows();
    const commit = await this.#prepare(submissions, { view, source: this.#database, isLookedUp, rows });
    if (commit.eventIds.length === 0) return { commit };
    await this.#partitions.cover(commit.to.size);
    const first = expectEnd(this.#logId, commit.from);
    return { commit, load: { first, copies: rows.copies, last: await this.#ending(commit) } };
  }

  #startOver(submissions: readonly Submission[]): Promise<Results> {
    const work = async (transaction: Transaction) => {
      const view = await openView(await lockLog(transaction, this.#logId), this.#signer);
      const rows = new CommitRows();
      const source = transaction;
      const commit = await this.#prepare(submissions, { view, source, isLookedUp: true, rows });
      await this.#partitions.coverWithin(transaction, commit.to.size);
      for (const copy of rows.copies) await transaction.copy(copy);
      await transaction.execute(await this.#ending(commit));
      return commit.results;
    };
    return this.#stages
      .wait('transaction', () => this.#database.transaction(work))
      .catch((error) => {
        // The log cannot have moved, so it is the key.
        throw isEndElsewhere(error) ? new StoreUnavailableError(keyReplaced, { cause: error }) : error;
      });
  }

  #prepare(
    submissions: readonly Submission[],
    context: Omit<CommitContext, 'logId' | 'stages'>,
  ): Promise<PreparedCommit> {
    return prepareCommit(submissions, { ...context, logId: this.#logId, stages: this.#stages });
  }

  async #ending({ from, to, tree }: PreparedCommit): Promise<string> {
    const checkpoint = await this.#stages.wait('sign', () => this.#signer.sign(tree));
    return moveEnd(this.#logId, { from, to, frontier: tree.frontier, checkpoint, key: this.#signer.key });
  }
}

/** The commit that another relies on failed. */
class StaleCommitError extends Error {
  override readonly name = 'StaleCommitError';
}

// Somebody else wrote first: the same work succeeds when it starts from there.
function isOutrun(error: unknown): boolean {
  return error instanceof StaleCommitError || isEndElsewhere(error) || isUniqueViolation(error);
}

// The error itself goes to the caller of the work; here only its end matters.
function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
