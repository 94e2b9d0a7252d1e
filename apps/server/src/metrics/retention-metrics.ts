import { Counter, type Registry } from 'prom-client';
import type { PurgeObserver } from '../retention/retention-worker.ts';
import { addGauge } from './add-gauge.ts';

/** Counts what the retention policy purges. */
export class RetentionMetrics implements PurgeObserver {
  readonly #purged: Counter;
  readonly #failures: Counter;

  constructor(registry: Registry, isEnabled: boolean) {
    const registers = [registry];
    addGauge(registry, {
      name: 'datastorage_retention_enabled',
      help: 'Whether this server purges expired records.',
      read: () => Number(isEnabled),
    });
    this.#purged = new Counter({
      name: 'datastorage_retention_purge_total',
      help: 'Records that this server purged under the retention policy.',
      registers,
    });
    this.#failures = new Counter({
      name: 'datastorage_retention_failures_total',
      help: 'Runs of the purge that failed; the next run begins where it ended.',
      registers,
    });
  }

  /** Counts a run that purged so many records. */
  purged(records: number): void {
    this.#purged.inc(records);
  }

  failed(): void {
    this.#failures.inc();
  }
}
