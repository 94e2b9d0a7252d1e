import type { Disclosure } from '../record/personal-data.ts';
import type { PreparedEvent } from '../record/prepare-event.ts';
import { writeRecord } from '../record/record.ts';
import type { Database, Transaction } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { disclosureRow, recordRow } from './copy-text.ts';
import { CorrelationHeads } from './correlation-heads.ts';
import { planCommit, type StoredEvent } from './plan-commit.ts';
import type { Submission, SubmissionResult } from './submission.ts';

const queries = {
  openLog: readQuery('open-log'),
  lockLog: readQuery('lock-log'),
  advanceLog: readQuery('advance-log'),
  findEvents: readQuery('find-events'),
  findHeads: readQuery('find-heads'),
  copyRecords: readQuery('copy-records'),
  copyDisclosures: readQuery('copy-disclosures'),
};

/** Options of {@link LogWriter}. */
export interface LogWriterOptions {
  readonly database: Database;
  readonly logId: string;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/**
 * Writes submissions to one log, one transaction a call. The log's row lock makes writers of several processes take
 * turns, so the sequence is dense and every correlation is one chain. Calls must not overlap.
 */
export class LogWriter {
  readonly #database: Database;
  readonly #logId: string;
  readonly #now: () => number;
  readonly #heads = new CorrelationHeads();
  #knownSize = -1;

  constructor(options: LogWriterOptions) {
    this.#database = options.database;
    this.#logId = options.logId;
    this.#now = options.now ?? Date.now;
  }

  /** Creates the log when it is not there yet. */
  async open(): Promise<void> {
    await this.#database.query(queries.openLog, [this.#logId]);
  }

  /** Stores the submissions; when it throws, nothing of this call is known to be stored. */
  async write(submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> {
    try {
      return await this.#database.transaction((transaction) => this.#commit(transaction, submissions));
    } catch (error) {
      // What the transaction would have written is gone, so what was remembered of it is wrong.
      this.#forget();
      throw error;
    }
  }

  async #commit(
    transaction: Transaction,
    submissions: readonly Submission[],
  ): Promise<readonly SubmissionResult[]> {
    const size = await this.#lock(transaction);
    const stored = await findStored(transaction, submissions.flat());
    const plan = planCommit(submissions, stored);
    if (plan.events.length > 0) {
      await this.#loadHeads(transaction, plan.events);
      await this.#append(transaction, size, plan.events);
    }
    return plan.results;
  }

  async #lock(transaction: Transaction): Promise<number> {
    const [log] = await transaction.query<{ size: string }>(queries.lockLog, [this.#logId]);
    if (log === undefined) throw new Error(`log ${this.#logId} does not exist: open it first`);
    const size = Number(log.size);
    if (size !== this.#knownSize) this.#forget();
    return size;
  }

  async #loadHeads(transaction: Transaction, events: readonly PreparedEvent[]): Promise<void> {
    const wanted = new Set(events.map((event) => event.members.correlation_id));
    const unknown = [...wanted].filter((correlationId) => !this.#heads.has(correlationId));
    if (unknown.length === 0) return;
    const rows = await transaction.query<{ correlation_id: string; event_hash: string }>(queries.findHeads, [
      this.#logId,
      unknown,
    ]);
    for (const row of rows) this.#heads.set(row.correlation_id, row.event_hash);
  }

  async #append(transaction: Transaction, size: number, events: readonly PreparedEvent[]): Promise<void> {
    const receivedAt = new Date(this.#now()).toISOString();
    let records = '';
    let disclosures = '';
    events.forEach((event, index) => {
      const correlationId = event.members.correlation_id;
      const previousEventHash = this.#heads.get(correlationId);
      const place = { logId: this.#logId, sequence: size + index, receivedAt, previousEventHash };
      const record = writeRecord(event, place);
      this.#heads.set(correlationId, record.eventHash);
      records += recordRow(event, record, place);
      for (const disclosure of event.disclosures) disclosures += disclosureRow(disclosure, place);
    });
    await transaction.copy(queries.copyRecords, records);
    if (disclosures !== '') await transaction.copy(queries.copyDisclosures, disclosures);
    this.#knownSize = size + events.length;
    await transaction.query(queries.advanceLog, [this.#logId, this.#knownSize]);
  }

  #forget(): void {
    this.#heads.clear();
    this.#knownSize = -1;
  }
}

async function findStored(
  transaction: Transaction,
  events: readonly PreparedEvent[],
): Promise<Map<string, StoredEvent>> {
  const rows = await transaction.query<{ event_id: string; record: string; disclosures: string | null }>(
    queries.findEvents,
    [events.map((event) => event.eventId)],
  );
  return new Map(
    rows.map((row) => [row.event_id, { record: row.record, disclosures: readDisclosures(row.disclosures) }]),
  );
}

function readDisclosures(text: string | null): readonly Disclosure[] {
  // Aggregated by find-events.sql, in the form of Disclosure.
  return text === null ? [] : (JSON.parse(text) as Disclosure[]);
}
