import type { Registry } from 'prom-client';
import { addGauge, addGauges } from './add-gauge.ts';
import { type LogFacts, type LogFactsOptions, readLogFacts, type WitnessFacts } from './log-facts.ts';

/** Options of {@link LogMetrics}. */
export interface LogMetricsOptions extends LogFactsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

// Far below the ten seconds after which Prometheus gives up a scrape.
const waitMsMax = 1_000;

/** Shows what the database knows of the log. While it is away, what it said last. */
export class LogMetrics {
  readonly #options: LogMetricsOptions;
  #facts: LogFacts | undefined;
  #isUp = false;
  #reading: Promise<void> | undefined;

  constructor(registry: Registry, options: LogMetricsOptions) {
    this.#options = options;
    this.#showLog(registry);
    this.#showWitnesses(registry);
  }

  /** Reads it again; waits for a second at most. Never rejects. */
  async refresh(): Promise<void> {
    const { promise: silence, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#isUp = false;
      resolve();
    }, waitMsMax);
    // A database that is silent must not have a connection wait for each scrape.
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await Promise.race([this.#reading, silence]);
    clearTimeout(timer);
  }

  async #read(): Promise<void> {
    try {
      this.#facts = await readLogFacts(this.#options);
      this.#isUp = true;
    } catch {
      // That is what the metric says; the writes, which find out as well, log why.
      this.#isUp = false;
    }
  }

  #showLog(registry: Registry): void {
    addGauge(registry, {
      name: 'datastorage_database_up',
      help: 'Whether the database answered when the metrics were read.',
      read: () => Number(this.#isUp),
    });
    addGauge(registry, {
      name: 'datastorage_checkpoint_size',
      help: 'Records under the newest checkpoint.',
      read: () => this.#facts?.size,
    });
    addGauge(registry, {
      name: 'datastorage_checkpoint_age_seconds',
      help: 'Age of the newest record, whose transaction signed the newest checkpoint.',
      read: () => this.#ageOf(this.#facts?.newestAt),
    });
    addGauge(registry, {
      name: 'datastorage_tiles_published',
      help: 'Full tiles of 256 records that are stored; they follow the checkpoint within a second or two.',
      read: () => this.#facts?.tiles,
    });
    addGauge(registry, {
      name: 'datastorage_holds_in_force',
      help: 'Correlations under legal hold.',
      read: () => this.#facts?.holds,
    });
  }

  #showWitnesses(registry: Registry): void {
    const read = (figureOf: (witness: WitnessFacts) => number | undefined) => () =>
      (this.#facts?.witnesses ?? []).map((each) => [each.name, figureOf(each)] as const);
    addGauges(registry, {
      name: 'datastorage_witness_cosigned_size',
      help: 'Records under the newest checkpoint that the witness cosigned.',
      label: 'witness',
      read: read(({ size }) => size),
    });
    addGauges(registry, {
      name: 'datastorage_witness_cosignature_age_seconds',
      help: 'Age of this cosignature by the clock of the witness; witnesses are asked when the log has grown.',
      label: 'witness',
      read: read(({ cosignedAt }) => this.#ageOf(cosignedAt)),
    });
  }

  #ageOf(seconds: number | undefined): number | undefined {
    return seconds === undefined ? undefined : Math.max(0, this.#options.now() / 1_000 - seconds);
  }
}
