import { Counter, Histogram, type Registry } from 'prom-client';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import type { StoreWrite } from '../outage/intake.ts';

const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const eventBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

/** Counts transactions and what they stored. */
export class CommitMetrics {
  readonly #durations: Histogram;
  readonly #events: Histogram;
  readonly #failures: Counter;
  readonly #restarts: Counter;
  readonly #stored: Counter;
  readonly #duplicates: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#durations = new Histogram({
      name: 'datastorage_commit_duration_seconds',
      help: 'Time of a group commit, from its preparation to the answer of the database.',
      buckets: durationBuckets,
      registers,
    });
    this.#events = new Histogram({
      name: 'datastorage_commit_events',
      help: 'Events stored by a transaction; its count is the number of transactions that stored any.',
      buckets: eventBuckets,
      registers,
    });
    this.#failures = new Counter({
      name: 'datastorage_commit_failures_total',
      help: 'Group commits that failed; their events are spooled, stored singly or refused.',
      registers,
    });
    this.#restarts = new Counter({
      name: 'datastorage_commit_restarts_total',
      help: 'Group commits that started over under the lock of the log: another process wrote first, an event was stored before, or the commit ahead failed. Many without any of these cost half of the rate.',
      registers,
    });
    this.#stored = new Counter({
      name: 'datastorage_events_stored_total',
      help: 'Events that were stored at once, those of the server itself included.',
      registers,
    });
    this.#duplicates = new Counter({
      name: 'datastorage_events_duplicate_total',
      help: 'Events that had been stored before when they came again.',
      registers,
    });
  }

  /** Counts a commit that starts over. */
  restarted(): void {
    this.#restarts.inc();
  }

  /** Wraps what writes submissions. */
  around(write: StoreWrite): StoreWrite {
    return async (submissions, options) => {
      const start = performance.now();
      try {
        const results = await write(submissions, options);
        this.#durations.observe((performance.now() - start) / 1_000);
        const { stored, duplicate } = countEvents(submissions, results);
        if (stored > 0) this.#events.observe(stored);
        // What was spooled is counted as drained: here it may come again, when a later step fails.
        if (options?.isFromSpool === true) return results;
        this.#stored.inc(stored);
        this.#duplicates.inc(duplicate);
        return results;
      } catch (error) {
        this.#failures.inc();
        throw error;
      }
    };
  }
}

function countEvents(
  submissions: readonly Submission[],
  results: readonly SubmissionResult[],
): { readonly stored: number; readonly duplicate: number } {
  let taken = 0;
  let stored = 0;
  results.forEach((result, index) => {
    if (result.outcome === 'conflict') return;
    taken += submissions[index]?.length ?? 0;
    stored += result.added;
  });
  return { stored, duplicate: taken - stored };
}
