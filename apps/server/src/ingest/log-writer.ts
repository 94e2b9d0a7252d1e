import type { Database, Queryable, Transaction } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { isUniqueViolation } from '../store/store-errors.ts';
import { advanceLog, lockLog, openLog, readLog } from './log-store.ts';
import { LogView } from './log-view.ts';
import { type PreparedCommit, prepareCommit } from './prepare-commit.ts';
import type { Submission, SubmissionResult } from './submission.ts';
import { Turns } from './turns.ts';

const copyRecords = readQuery('copy-records');
const copyDisclosures = readQuery('copy-disclosures');

/** Options of {@link LogWriter}. */
export interface LogWriterOptions {
  readonly database: Database;
  readonly logId: string;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/**
 * Writes submissions to one log, one transaction a call. Calls may overlap: the records of a transaction are written
 * for the place they will have if those before it succeed, and are already on their way to the database when the last
 * one commits. Each transaction then moves the log's end, from where it believed it to be, as its last statement. If
 * the log ends elsewhere (another process wrote, or a transaction before it failed) it starts over under the log's row
 * lock. So the sequence is dense and every correlation is one chain, whoever writes.
 */
export class LogWriter {
  readonly #database: Database;
  readonly #logId: string;
  readonly #now: () => number;
  readonly #preparing = new Turns();
  #view: LogView | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: LogWriterOptions) {
    this.#database = options.database;
    this.#logId = options.logId;
    this.#now = options.now ?? Date.now;
  }

  /** Creates the log when it is not there yet. */
  async open(): Promise<void> {
    await openLog(this.#database, this.#logId);
  }

  /** Stores the submissions; when it throws, nothing of this call is known to be stored. */
  write(submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> {
    const previous = this.#last;
    const written = this.#writeAfter(previous, submissions);
    this.#last = written.catch(() => {
      // The caller gets the error; the next call only waits for the end of this one.
    });
    return written;
  }

  async #writeAfter(
    previous: Promise<unknown>,
    submissions: readonly Submission[],
  ): Promise<readonly SubmissionResult[]> {
    try {
      const ahead = await this.#preparing.take(() => this.#prepareAhead(previous, submissions));
      return await this.#commitAhead(previous, ahead);
    } catch (error) {
      // Whatever was prepared on this view expects records that are not there.
      this.#view = undefined;
      if (!(error instanceof StaleCommitError) && !isUniqueViolation(error)) throw error;
      await previous;
      return this.#commitUnderLock(submissions);
    }
  }

  async #prepareAhead(
    previous: Promise<unknown>,
    submissions: readonly Submission[],
  ): Promise<PreparedCommit> {
    if (this.#view === undefined) {
      await previous;
      this.#view = new LogView(await readLog(this.#database, this.#logId));
    }
    return this.#prepare(submissions, this.#view, this.#database);
  }

  async #commitAhead(
    previous: Promise<unknown>,
    commit: PreparedCommit,
  ): Promise<readonly SubmissionResult[]> {
    // Nothing to write, and no result that hangs on a commit under way.
    if (commit.eventIds.length === 0 && !commit.reliesOnUnderway) return commit.results;
    await this.#database.transaction(async (transaction) => {
      await copyRows(transaction, commit);
      await previous;
      await this.#advance(transaction, commit);
    });
    for (const eventId of commit.eventIds) commit.view.underway.delete(eventId);
    return commit.results;
  }

  #commitUnderLock(submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> {
    return this.#database.transaction(async (transaction) => {
      const view = new LogView(await lockLog(transaction, this.#logId));
      const commit = await this.#prepare(submissions, view, transaction);
      await copyRows(transaction, commit);
      await this.#advance(transaction, commit);
      return commit.results;
    });
  }

  #prepare(submissions: readonly Submission[], view: LogView, source: Queryable): Promise<PreparedCommit> {
    const receivedAt = new Date(this.#now()).toISOString();
    return prepareCommit(submissions, { logId: this.#logId, source, view, receivedAt });
  }

  async #advance(transaction: Transaction, { from, to }: PreparedCommit): Promise<void> {
    if (!(await advanceLog(transaction, this.#logId, from, to))) throw new StaleCommitError();
  }
}

/** The log does not end where a commit was prepared for. */
class StaleCommitError extends Error {
  override readonly name = 'StaleCommitError';
}

async function copyRows(transaction: Transaction, commit: PreparedCommit): Promise<void> {
  if (!commit.records.isEmpty) await transaction.copy(copyRecords, commit.records.rows);
  if (!commit.disclosures.isEmpty) await transaction.copy(copyDisclosures, commit.disclosures.rows);
}
