import { isPassingError, StoreUnavailableError, TooManyWaitingError } from '../store/store-errors.ts';
import { type Submission, type SubmissionResult, submissionLength } from './submission.ts';

/** Writes submissions in one transaction; takes the next while one is under way. */
export type WriteSubmissions = (submissions: readonly Submission[]) => Promise<readonly SubmissionResult[]>;

/** Limits of {@link GroupCommit}. */
export interface GroupCommitLimits {
  /** Events of one transaction, unless one submission alone has more; default 1,000. */
  readonly commitEventsMax: number;
  /** Characters of the records of one transaction, unless one submission alone has more; default 8 Mi. */
  readonly commitLengthMax: number;
  /** Events that must wait for a second transaction to be prepared while one is under way; default 500. */
  readonly aheadEventsMin: number;
  /** Events that may wait; beyond it submissions are refused, unless nothing waits. Default 50,000. */
  readonly waitingEventsMax: number;
  /** Characters of records that may wait; beyond it submissions are refused, unless nothing waits. Default 64 Mi. */
  readonly waitingLengthMax: number;
}

const defaultLimits: GroupCommitLimits = {
  commitEventsMax: 1_000,
  commitLengthMax: 8_388_608,
  aheadEventsMin: 500,
  waitingEventsMax: 50_000,
  waitingLengthMax: 67_108_864,
};

const gatherMs = 1;

/** What waits for a transaction to begin. */
export interface QueueDepth {
  readonly events: number;
  /** Characters of their records. */
  readonly characters: number;
}

interface Waiting {
  readonly submission: Submission;
  readonly length: number;
  readonly resolve: (result: SubmissionResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Coalesces concurrent submissions into few transactions. */
export class GroupCommit {
  readonly #write: WriteSubmissions;
  readonly #limits: GroupCommitLimits;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #waitingLength = 0;
  #underway = 0;
  #isScheduled = false;
  #drained: (() => void)[] = [];

  constructor(write: WriteSubmissions, limits: Partial<GroupCommitLimits> = {}) {
    this.#write = write;
    this.#limits = { ...defaultLimits, ...limits };
  }

  get queue(): QueueDepth {
    return { events: this.#waitingEvents, characters: this.#waitingLength };
  }

  /**
   * Stores a submission, together with others that wait.
   * @throws {StoreUnavailableError} when the store gave up for the moment
   * @throws {TooManyWaitingError} when too much waits
   */
  submit(submission: Submission): Promise<SubmissionResult> {
    const length = submissionLength(submission);
    if (!this.#hasRoom(submission.length, length)) {
      return Promise.reject(new TooManyWaitingError('too many events wait to be stored'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ submission, length, resolve, reject });
      this.#waitingEvents += submission.length;
      this.#waitingLength += length;
      this.#schedule();
    });
  }

  /** Waits until everything submitted so far has been answered. */
  drain(): Promise<void> {
    if (this.#underway === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  // Alone, a submission is taken whatever its size: refused for good it would never be stored.
  #hasRoom(events: number, length: number): boolean {
    const { waitingEventsMax, waitingLengthMax } = this.#limits;
    if (this.#waiting.length === 0) return true;
    return (
      this.#waitingEvents + events <= waitingEventsMax && this.#waitingLength + length <= waitingLengthMax
    );
  }

  // Requests that arrive in the same turn of the event loop share a transaction.
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#waiting.length > 0 && this.#mayStart()) {
      this.#underway += 1;
      void this.#commit(this.#takeGroup()).then(() => this.#ended());
    }
  }

  #mayStart(): boolean {
    if (this.#underway === 0) return true;
    return this.#underway === 1 && this.#waitingEvents >= this.#limits.aheadEventsMin;
  }

  // Whoever was answered just now sends again at once: with those the next commit is twice as large, and half as many are needed.
  #ended(): void {
    this.#underway -= 1;
    if (this.#waitingEvents >= this.#limits.aheadEventsMin) this.#start();
    else if (this.#waiting.length > 0) setTimeout(() => this.#schedule(), gatherMs);
    if (this.#underway > 0 || this.#waiting.length > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  #takeGroup(): Waiting[] {
    const { commitEventsMax, commitLengthMax } = this.#limits;
    let events = 0;
    let characters = 0;
    let count = 0;
    for (const { submission, length } of this.#waiting) {
      const isFull = events + submission.length > commitEventsMax || characters + length > commitLengthMax;
      if (count > 0 && isFull) break;
      events += submission.length;
      characters += length;
      count += 1;
    }
    this.#waitingEvents -= events;
    this.#waitingLength -= characters;
    return this.#waiting.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#write(group.map(({ submission }) => submission));
      group.forEach(({ resolve }, index) => {
        resolve(results[index] as SubmissionResult);
      });
    } catch (error) {
      await this.#afterFailure(group, error);
    }
  }

  async #afterFailure(group: readonly Waiting[], error: unknown): Promise<void> {
    if (isPassingError(error)) {
      const unavailable = new StoreUnavailableError('the database cannot be written now', { cause: error });
      for (const { reject } of group) reject(unavailable);
      return;
    }
    if (group.length === 1) {
      group[0]?.reject(error);
      return;
    }
    // One submission that cannot be stored must not fail the others.
    for (const waiting of group) await this.#commit([waiting]);
  }
}
