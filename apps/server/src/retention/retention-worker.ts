import type { FastifyBaseLogger } from 'fastify';
import { type PurgeOptions, purgeExpired } from './purge-expired.ts';

/** Options of {@link startRetentionWorker}. */
export interface RetentionWorkerOptions extends PurgeOptions {
  readonly logger: FastifyBaseLogger;
  /** Told about every run; default nobody. */
  readonly observer?: PurgeObserver;
  /** Time between the end of a run and the next one, in milliseconds; default one hour. */
  readonly intervalMs?: number;
}

/** Told what became of the runs. */
export interface PurgeObserver {
  purged(records: number): void;
  failed(): void;
}

/** A running worker. */
export interface RetentionWorker {
  /** Ends after the batch under way. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
// A process that never lives for an hour must purge, too.
const firstRunMsMax = 60_000;

/** Purges expired records again and again. A run that fails is tried again at the next one's time. */
export function startRetentionWorker(options: RetentionWorkerOptions): RetentionWorker {
  const { intervalMs = hourMs, logger, observer } = options;
  let isStopped = false;
  let run: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = (milliseconds: number) => {
    timer = setTimeout(() => {
      run = purge().then(() => {
        if (!isStopped) schedule(intervalMs);
      });
    }, milliseconds).unref();
  };
  const purge = async () => {
    try {
      const purged = await purgeExpired({ ...options, isStopping: () => isStopped });
      observer?.purged(purged);
      if (purged > 0) logger.info({ purged }, 'records purged under the retention policy');
    } catch (error) {
      observer?.failed();
      logger.error({ err: error }, 'records could not be purged');
    }
  };
  schedule(Math.min(intervalMs, firstRunMsMax));
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await run;
    },
  };
}
