import type { FastifyBaseLogger } from 'fastify';
import type { LogWriter } from '../ingest/log-writer.ts';
import type { Partitions } from '../ingest/partitions.ts';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import type { ServerMetrics } from '../metrics/create-metrics.ts';
import type { RetentionSetting } from '../retention/parse-retention-policy.ts';
import { applyRetentionPolicy } from '../retention/retention-policy.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import type { CommitSpans } from '../tracing/commit-spans.ts';
import type { LogTree } from '../tree/log-tree.ts';
import type { IntakeStore } from './intake.ts';

/** Options of {@link createIntakeStore}. */
export interface IntakeStoreOptions {
  readonly database: Database;
  readonly logger: FastifyBaseLogger;
  /** Retention policy to put in force when the log is opened. */
  readonly retention: RetentionSetting | undefined;
}

/** What writes a log, and what is told of it. */
export interface LogParts {
  readonly tree: LogTree;
  readonly writer: LogWriter;
  readonly metrics: ServerMetrics;
  readonly spans: CommitSpans;
  readonly partitions: Partitions;
  /** Called when the log has grown. */
  readonly onStored: () => void;
}

/** Makes the store of an intake: a log in a database, which is migrated and opened when it can be reached. */
export function createIntakeStore(
  { database, logger, retention }: IntakeStoreOptions,
  parts: LogParts,
): IntakeStore {
  const { metrics, onStored, partitions, spans, tree, writer } = parts;
  const write = metrics.commits.around(spans.around((submissions, how) => writer.write(submissions, how)));
  return {
    async reach() {
      await database.query('select 1');
    },
    async open() {
      const applied = await migrate(database);
      if (applied.length > 0) logger.info({ versions: applied }, 'database migrated');
      if (retention !== undefined && retention !== 'off') await applyRetentionPolicy(database, retention);
      await partitions.cover(0);
      await tree.open((submission) => writer.write([submission]));
    },
    async write(submissions, options) {
      const results = await write(submissions, options);
      onStored();
      return results;
    },
    disconnect: () => database.disconnect(),
  };
}

/** Stores a submission now or not at all: what an event of the server says is done with it. */
export async function writeOne(store: IntakeStore, submission: Submission): Promise<SubmissionResult> {
  const [result] = await store.write([submission]);
  if (result === undefined) throw new Error('one submission was written, no result came back');
  return result;
}
