import type { AuditStatus } from '@audit/schema';
import { type LogFactsOptions, readLogFacts, type WitnessFacts } from '../metrics/log-facts.ts';
import type { Intake, IntakeStatus } from '../outage/intake.ts';
import { judgeReadiness } from '../outage/readiness.ts';
import { readLag } from './read-lag.ts';

/** What {@link readStatus} needs. */
export interface StatusOptions extends LogFactsOptions {
  readonly intake: Intake;
  /** Most bytes that the spool may occupy; undefined for no bound. */
  readonly spoolQuotaBytes: number | undefined;
  readonly isClosing: () => boolean;
  /** Whether the database can be read now; answers soon. */
  readonly isDatabaseThere: () => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type SpoolStatus = NonNullable<AuditStatus['spool']>;
type LogStatus = NonNullable<AuditStatus['log']>;

/** Reads how the server is doing. What the database says of the log is absent while that is away. */
export async function readStatus(options: StatusOptions): Promise<AuditStatus> {
  const { intake, isClosing, logId, now, spoolQuotaBytes } = options;
  const isDatabaseThere = await options.isDatabaseThere();
  const log = isDatabaseThere ? await readLog(options) : undefined;
  const { status, reason } = judgeReadiness({
    isClosing: isClosing(),
    isDatabaseThere,
    intake: intake.status,
  });
  return {
    timestamp: new Date(now()).toISOString(),
    log_id: logId,
    status,
    ...(reason !== undefined && { reason }),
    queue: { events: intake.queue.events, characters: intake.queue.characters },
    ...(intake.status && { spool: spoolStatus(intake.status, spoolQuotaBytes) }),
    ...(log && { log }),
  };
}

function spoolStatus({ state, spool }: IntakeStatus, quotaBytes: number | undefined): SpoolStatus {
  return {
    state,
    requests: spool.entries,
    bytes: spool.bytes,
    occupied_bytes: spool.occupiedBytes,
    quota_bytes: quotaBytes ?? null,
    dead_letters: spool.deadLetters,
    damaged_requests: spool.damagedEntries,
  };
}

async function readLog(options: StatusOptions): Promise<LogStatus | undefined> {
  const facts = await readLogFacts(options);
  if (facts === undefined) return undefined;
  return {
    size: facts.size,
    newest_received_at: timeOf(facts.newestAt),
    lag: await readLag(options.database, options.logId),
    tiles: facts.tiles,
    holds: facts.holds,
    witnesses: facts.witnesses.map(witnessStatus),
  };
}

function witnessStatus({ name, size, cosignedAt }: WitnessFacts) {
  return { name, size, cosigned_at: timeOf(cosignedAt) };
}

function timeOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1_000).toISOString();
}
