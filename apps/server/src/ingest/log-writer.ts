import type { Database, Queryable, Transaction } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { isUniqueViolation, StoreUnavailableError } from '../store/store-errors.ts';
import { keyReplaced, type TreeSigner } from '../tree/tree-signer.ts';
import { advanceLog, lockLog } from './log-store.ts';
import type { LogView } from './log-view.ts';
import { openView } from './open-view.ts';
import { Partitions } from './partitions.ts';
import { type PreparedCommit, prepareCommit } from './prepare-commit.ts';
import { type Stages, untimed } from './stages.ts';
import type { Submission, SubmissionResult } from './submission.ts';
import { Turns } from './turns.ts';
import { WriterLease } from './writer-lease.ts';

const copyLeaves = readQuery('copy-leaves');
const copyContents = readQuery('copy-contents');
const copyDisclosures = readQuery('copy-disclosures');

/** Options of {@link LogWriter}. */
export interface LogWriterOptions {
  readonly database: Database;
  readonly logId: string;
  readonly signer: TreeSigner;
  /** Partitions the log is written to; default of the usual widths. */
  readonly partitions?: Partitions;
  /** Told how long each stage takes; default nobody. */
  readonly stages?: Stages;
}

/** Options of {@link LogWriter.write}. */
export interface WriteOptions {
  /** Whether nothing is to be stored unless the call before was; default false. */
  readonly isSequel?: boolean;
}

type Results = readonly SubmissionResult[];

/** A call that has begun. */
interface Call {
  /** Whether its first attempt committed. */
  readonly attempted: Promise<boolean>;
  /** Its end, and whether it was stored. */
  readonly ended: Promise<boolean>;
}

const noCall: Call = { attempted: Promise.resolve(true), ended: Promise.resolve(true) };

/**
 * Writes submissions to one log, one transaction a call, each with a signed checkpoint over the log as it then is. Two calls overlap: the records of the second are written for
 * the place they will have if the first succeeds, and are with the database when the first commits. A lease keeps
 * other processes from writing meanwhile. Each transaction moves the log's end, from where it believed it to be, as its
 * last statement; if the log ends elsewhere, because the call before it failed or the lease was lost, it starts over
 * under the log's row lock. So the sequence is dense and every correlation is one chain, whoever writes.
 */
export class LogWriter {
  readonly #database: Database;
  readonly #logId: string;
  readonly #signer: TreeSigner;
  readonly #partitions: Partitions;
  readonly #stages: Stages;
  readonly #lease: WriterLease;
  readonly #preparing = new Turns();
  #previous: Call = noCall;
  #beforePrevious: Call = noCall;

  constructor(options: LogWriterOptions) {
    this.#database = options.database;
    this.#logId = options.logId;
    this.#signer = options.signer;
    this.#partitions = options.partitions ?? new Partitions({ database: options.database });
    this.#stages = options.stages ?? untimed;
    this.#lease = new WriterLease(options);
  }

  /** Gives back what it holds of the database; call it when the last write has ended. */
  close(): void {
    this.#lease.end();
  }

  /** Stores the submissions; when it throws, nothing of this call is known to be stored. */
  write(submissions: readonly Submission[], options: WriteOptions = {}): Promise<Results> {
    const previous = this.#previous;
    const room = this.#beforePrevious.ended;
    const attempt = room.then(() => this.#attempt(previous, submissions));
    const written = attempt
      .catch(async (error: unknown) => {
        this.#lease.distrustView();
        if (!isOutrun(error) || (!(await previous.ended) && options.isSequel)) throw error;
        return this.#startOver(submissions);
      })
      .finally(() => this.#lease.leave());
    this.#beforePrevious = previous;
    this.#previous = { attempted: succeeds(attempt), ended: succeeds(written) };
    return written;
  }

  async #attempt(previous: Call, submissions: readonly Submission[]): Promise<Results> {
    const commit = await this.#preparing.take(async () => {
      const view = await this.#lease.enter(previous.ended);
      return this.#prepare(submissions, view, this.#database);
    });
    if (commit.eventIds.length === 0) {
      if (commit.reliesOnUnderway && !(await previous.attempted)) throw new StaleCommitError();
      return commit.results;
    }
    await this.#partitions.cover(commit.to.size);
    await this.#transaction(async (transaction) => {
      const checkpoint = await this.#copyAndSign(transaction, commit);
      // A transaction that waited for the end of a call that starts over could block it: both may want one place.
      if (!(await previous.attempted)) throw new StaleCommitError();
      if (!(await this.#advance(transaction, commit, checkpoint))) throw new StaleCommitError();
    });
    for (const eventId of commit.eventIds) commit.view.underway.delete(eventId);
    return commit.results;
  }

  #startOver(submissions: readonly Submission[]): Promise<Results> {
    return this.#transaction(async (transaction) => {
      const view = await openView(await lockLog(transaction, this.#logId), this.#signer);
      const commit = await this.#prepare(submissions, view, transaction);
      await this.#partitions.coverWithin(transaction, commit.to.size);
      const checkpoint = await this.#copyAndSign(transaction, commit);
      // The log cannot have moved, so it is the key.
      if (!(await this.#advance(transaction, commit, checkpoint)))
        throw new StoreUnavailableError(keyReplaced);
      return commit.results;
    });
  }

  #transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#stages.wait('transaction', () => this.#database.transaction(work));
  }

  #prepare(submissions: readonly Submission[], view: LogView, source: Queryable): Promise<PreparedCommit> {
    return prepareCommit(submissions, { logId: this.#logId, source, view, stages: this.#stages });
  }

  // The signature is made on another thread while the database takes the rows.
  async #copyAndSign(transaction: Transaction, commit: PreparedCommit): Promise<string> {
    const [checkpoint] = await Promise.all([
      this.#stages.wait('sign', () => this.#signer.sign(commit.tree)),
      this.#stages.wait('insert', () => copyRows(transaction, commit)),
    ]);
    return checkpoint;
  }

  #advance(
    transaction: Transaction,
    { from, to, tree }: PreparedCommit,
    checkpoint: string,
  ): Promise<boolean> {
    const { frontier } = tree;
    return advanceLog(transaction, this.#logId, { from, to, frontier, checkpoint, key: this.#signer.key });
  }
}

/** The log does not end where a commit was prepared for. */
class StaleCommitError extends Error {
  override readonly name = 'StaleCommitError';
}

// Somebody else wrote first: the same work succeeds when it starts from there.
function isOutrun(error: unknown): boolean {
  return error instanceof StaleCommitError || isUniqueViolation(error);
}

async function copyRows(transaction: Transaction, commit: PreparedCommit): Promise<void> {
  // Leaves first: the database obeys an event of the server when its contents come, and needs its place.
  if (!commit.leaves.isEmpty) await transaction.copy(copyLeaves, commit.leaves.rows);
  if (!commit.contents.isEmpty) await transaction.copy(copyContents, commit.contents.rows);
  if (!commit.disclosures.isEmpty) await transaction.copy(copyDisclosures, commit.disclosures.rows);
}

// The error itself goes to the caller of the work; here only its end matters.
function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
