import { Counter, Histogram, type Registry } from 'prom-client';
import type { RequestProblem } from '../http/request-problem.ts';

/** From what a cached answer takes to what a client waits for at most, in seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A request that was answered. */
export interface AnsweredRequest {
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** Counts requests by operation and status, and what was wrong with those that broke the contract. */
export class RequestMetrics {
  readonly #durations: Histogram<'operation' | 'status'>;
  readonly #faults: Counter<'source' | 'reason'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#durations = new Histogram({
      name: 'datastorage_http_request_duration_seconds',
      help: 'Time to answer a request, by operation of the contract and status; its count is the number of requests.',
      labelNames: ['operation', 'status'],
      buckets: durationBuckets,
      registers,
    });
    this.#faults = new Counter({
      name: 'datastorage_validation_failures_total',
      help: 'Faults of requests that break the contract: source is the operation, reason the code of the fault, or the kind of problem when it names no faults.',
      labelNames: ['source', 'reason'],
      registers,
    });
  }

  answered({ operation, status, milliseconds }: AnsweredRequest): void {
    this.#durations.observe({ operation, status }, milliseconds / 1_000);
  }

  /** Counts the faults of a request, if it is the request that is at fault. */
  refused(source: string, { slug, errors = [] }: RequestProblem): void {
    if (!validationSlugs.has(slug)) return;
    if (errors.length === 0) this.#faults.inc({ source, reason: slug });
    for (const { code = slug } of errors) this.#faults.inc({ source, reason: code });
  }
}

const validationSlugs: ReadonlySet<string> = new Set<RequestProblem['slug']>([
  'invalid-request',
  'validation-error',
  'batch-size-exceeded',
  'conflict',
  'request-too-large',
  'unsupported-media-type',
]);
