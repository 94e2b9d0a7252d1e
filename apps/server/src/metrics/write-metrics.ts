import { contractCatalogue } from '@audit/schema';
import { Histogram, type Registry } from 'prom-client';
import type { AcceptedResult, Submission, SubmissionResult } from '../ingest/submission.ts';

/** The write operation that events came by, under the name that the reference's metrics have for it. */
export type WriteTable = 'audit_events' | 'audit_events_batch';

/** Takes a submission; see `Intake`. */
type Submit = (submission: Submission) => Promise<SubmissionResult | AcceptedResult>;

const durationBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const lagBuckets = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

/** Measures how long it takes until events are safe, and how late they come. */
export class WriteMetrics {
  readonly #now: () => number;
  readonly #durations: Histogram<'table'>;
  readonly #lag: Histogram<'service'>;

  /** @param now milliseconds since 1970 */
  constructor(registry: Registry, now: () => number) {
    const registers = [registry];
    this.#now = now;
    this.#durations = new Histogram({
      name: 'datastorage_write_duration_seconds',
      help: 'Time from the checks of a write request until its events are stored or spooled.',
      labelNames: ['table'],
      buckets: durationBuckets,
      registers,
    });
    this.#lag = new Histogram({
      name: 'datastorage_audit_lag_seconds',
      help: 'Time from the first event of a write request to its arrival, by event category, other for those outside the contract; producers send their oldest event first.',
      labelNames: ['service'],
      buckets: lagBuckets,
      registers,
    });
  }

  /** Wraps what takes submissions. */
  around(submit: Submit): (submission: Submission, table: WriteTable) => ReturnType<Submit> {
    return async (submission, table) => {
      this.#observeLag(submission);
      const start = performance.now();
      const result = await submit(submission);
      this.#durations.observe({ table }, (performance.now() - start) / 1_000);
      return result;
    };
  }

  #observeLag([first]: Submission): void {
    if (first === undefined) return;
    const { event_category, event_timestamp } = first.columns;
    const service = contractCategories.has(event_category) ? event_category : 'other';
    this.#lag.observe({ service }, Math.max(0, this.#now() - Date.parse(event_timestamp)) / 1_000);
  }
}

const contractCategories: ReadonlySet<string> = new Set(
  contractCatalogue.types.map((type) => contractCatalogue.find(type)?.definition.category ?? ''),
);
