import type { Database, Queryable, Transaction } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { isUniqueViolation, StoreUnavailableError } from '../store/store-errors.ts';
import type { TreeSigner } from '../tree/tree-signer.ts';
import { advanceLog, lockLog } from './log-store.ts';
import { LogView } from './log-view.ts';
import { type PreparedCommit, prepareCommit } from './prepare-commit.ts';
import type { Submission, SubmissionResult } from './submission.ts';
import { Turns } from './turns.ts';
import { WriterLease } from './writer-lease.ts';

const copyRecords = readQuery('copy-records');
const copyDisclosures = readQuery('copy-disclosures');

/** Options of {@link LogWriter}. */
export interface LogWriterOptions {
  readonly database: Database;
  readonly logId: string;
  readonly signer: TreeSigner;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

type Results = readonly SubmissionResult[];

/** A call that has begun. */
interface Call {
  /** Whether its first attempt committed. */
  readonly attempted: Promise<boolean>;
  /** Its end, whatever it was. */
  readonly ended: Promise<void>;
}

const noCall: Call = { attempted: Promise.resolve(true), ended: Promise.resolve() };

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
  readonly #now: () => number;
  readonly #lease: WriterLease;
  readonly #preparing = new Turns();
  #previous: Call = noCall;
  #beforePrevious: Call = noCall;

  constructor(options: LogWriterOptions) {
    this.#database = options.database;
    this.#logId = options.logId;
    this.#signer = options.signer;
    this.#now = options.now ?? Date.now;
    this.#lease = new WriterLease(options.database, options.logId);
  }

  /** Gives back what it holds of the database; call it when the last write has ended. */
  close(): void {
    this.#lease.end();
  }

  /** Stores the submissions; when it throws, nothing of this call is known to be stored. */
  write(submissions: readonly Submission[]): Promise<Results> {
    const previous = this.#previous;
    const room = this.#beforePrevious.ended;
    const attempt = room.then(() => this.#attempt(previous, submissions));
    const written = attempt
      .catch((error: unknown) => this.#startOver(previous, submissions, error))
      .finally(() => this.#lease.leave());
    this.#beforePrevious = previous;
    this.#previous = { attempted: succeeds(attempt), ended: succeeds(written).then(() => {}) };
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
    await this.#database.transaction(async (transaction) => {
      const checkpoint = await this.#copyAndSign(transaction, commit);
      // A transaction that waited for the end of a call that starts over could block it: both may want one place.
      if (!(await previous.attempted)) throw new StaleCommitError();
      if (!(await this.#advance(transaction, commit, checkpoint))) throw new StaleCommitError();
    });
    for (const eventId of commit.eventIds) commit.view.underway.delete(eventId);
    return commit.results;
  }

  async #startOver(previous: Call, submissions: readonly Submission[], error: unknown): Promise<Results> {
    this.#lease.distrustView();
    if (!(error instanceof StaleCommitError) && !isUniqueViolation(error)) throw error;
    await previous.ended;
    return this.#database.transaction(async (transaction) => {
      const view = new LogView(await lockLog(transaction, this.#logId));
      const commit = await this.#prepare(submissions, view, transaction);
      const checkpoint = await this.#copyAndSign(transaction, commit);
      // The log cannot have moved, so it is the key.
      if (!(await this.#advance(transaction, commit, checkpoint)))
        throw new StoreUnavailableError(keyReplaced);
      return commit.results;
    });
  }

  #prepare(submissions: readonly Submission[], view: LogView, source: Queryable): Promise<PreparedCommit> {
    const receivedAt = new Date(this.#now()).toISOString();
    return prepareCommit(submissions, { logId: this.#logId, source, view, receivedAt });
  }

  // The signature is made on another thread while the database takes the rows.
  async #copyAndSign(transaction: Transaction, commit: PreparedCommit): Promise<string> {
    const [checkpoint] = await Promise.all([this.#signer.sign(commit.tree), copyRows(transaction, commit)]);
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

const keyReplaced = 'another key signs the log now: give this server that key and start it again';

/** The log does not end where a commit was prepared for. */
class StaleCommitError extends Error {
  override readonly name = 'StaleCommitError';
}

async function copyRows(transaction: Transaction, commit: PreparedCommit): Promise<void> {
  if (!commit.records.isEmpty) await transaction.copy(copyRecords, commit.records.rows);
  if (!commit.disclosures.isEmpty) await transaction.copy(copyDisclosures, commit.disclosures.rows);
}

// The error itself goes to the caller of the work; here only its end matters.
function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
