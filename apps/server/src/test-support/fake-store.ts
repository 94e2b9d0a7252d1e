import { planCommit } from '../ingest/plan-commit.ts';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import type { IntakeStore } from '../outage/intake.ts';
import type { PreparedEvent } from '../record/prepare-event.ts';

/** How a {@link FakeStore} answers. */
export type FakeStoreMode = 'there' | 'away' | 'silent' | 'answer_lost';

/** A database in memory that can go away, fall silent until it is disconnected, or commit and lose the answer. */
export class FakeStore implements IntakeStore {
  readonly events: PreparedEvent[] = [];
  readonly transactions: number[] = [];
  /** Event ids that it refuses to hold. */
  readonly unstorable: Set<string> = new Set();
  mode: FakeStoreMode = 'there';
  #silent: ((error: Error) => void)[] = [];

  readonly reach = async (): Promise<void> => {
    await this.#answer();
  };

  readonly open = async (): Promise<void> => {
    await this.#answer();
  };

  readonly write = async (submissions: readonly Submission[]): Promise<readonly SubmissionResult[]> => {
    if (this.mode !== 'answer_lost') await this.#answer();
    if (submissions.flat().some((event) => this.unstorable.has(event.eventId))) throw valueError();
    const plan = planCommit(submissions, {
      stored: new Map(),
      underway: new Map(this.events.map((event) => [event.eventId, event])),
    });
    this.events.push(...plan.events);
    this.transactions.push(plan.events.length);
    if (this.mode === 'answer_lost') throw connectionError();
    return plan.results;
  };

  readonly disconnect = (): void => {
    for (const reject of this.#silent.splice(0)) reject(connectionError());
  };

  get ids(): string[] {
    return this.events.map((event) => event.eventId);
  }

  async #answer(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.mode === 'away') throw connectionError();
    if (this.mode === 'silent') await new Promise((_resolve, reject) => this.#silent.push(reject));
  }
}

function connectionError(): Error {
  return Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
}

function valueError(): Error {
  return Object.assign(new Error('value out of range'), { code: '22003' });
}
