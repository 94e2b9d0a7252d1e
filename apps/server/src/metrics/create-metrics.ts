import { Registry } from 'prom-client';
import type { Intake } from '../outage/intake.ts';
import type { Database } from '../store/database.ts';
import { addGauges } from './add-gauge.ts';
import { CommitMetrics } from './commit-metrics.ts';
import { EventMetrics } from './event-metrics.ts';
import { observeIntake } from './intake-metrics.ts';
import { LogMetrics, type LogMetricsOptions } from './log-metrics.ts';
import { observeProcess } from './process-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { RetentionMetrics } from './retention-metrics.ts';
import { StageMetrics } from './stage-metrics.ts';
import { WriteMetrics } from './write-metrics.ts';

/** Options of {@link createMetrics}. */
export interface MetricsOptions extends LogMetricsOptions {
  /** Whether the server purges expired records. */
  readonly purges: boolean;
}

/** The metrics of one server, in a registry of its own: several servers may run in a process. */
export interface ServerMetrics {
  readonly requests: RequestMetrics;
  readonly writes: WriteMetrics;
  readonly commits: CommitMetrics;
  readonly stages: StageMetrics;
  readonly events: EventMetrics;
  readonly retention: RetentionMetrics;
  /** Shows an intake from now on. */
  observeIntake(intake: Intake, spoolQuotaBytes?: number): void;
  /** Writes everything in the text format of Prometheus. Never rejects. */
  read(): Promise<string>;
  /** Ends what watches the process. */
  stop(): void;
}

/** Creates the metrics of a server. */
export function createMetrics(options: MetricsOptions): ServerMetrics {
  const registry = new Registry();
  const log = new LogMetrics(registry, options);
  const stop = observeProcess(registry);
  observeConnections(registry, options.database);
  return {
    requests: new RequestMetrics(registry),
    writes: new WriteMetrics(registry, options.now),
    commits: new CommitMetrics(registry),
    stages: new StageMetrics(registry),
    events: new EventMetrics(registry),
    retention: new RetentionMetrics(registry, options.purges),
    observeIntake: (intake, spoolQuotaBytes) => observeIntake(registry, intake, spoolQuotaBytes),
    async read() {
      // First, so that all that follows is of one moment.
      await log.refresh();
      return registry.metrics();
    },
    stop,
  };
}

function observeConnections(registry: Registry, { connections }: Database): void {
  if (connections === undefined) return;
  addGauges(registry, {
    name: 'datastorage_database_connections',
    help: 'Connections to PostgreSQL by state; waiting is work without one.',
    label: 'state',
    read: () => Object.entries(connections()),
  });
}
