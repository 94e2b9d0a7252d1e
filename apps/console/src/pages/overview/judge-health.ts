import type { AuditStatus } from '@audit/schema';
import { bytesText } from '../../format/bytes-text.ts';
import { durationText } from '../../format/duration-text.ts';
import { numberText } from '../../format/number-text.ts';

/** One figure of the server's health, in words. */
export interface HealthFigure {
  readonly name: string;
  readonly value: string;
  /** What the value means, or is compared with. */
  readonly note: string;
  /** `fine`, or whether a person should look into it soon or now; `plain` is no judgement. */
  readonly tone: 'plain' | 'fine' | 'soon' | 'now';
}

/** Judges how the server is doing. */
export function judgeHealth(status: AuditStatus): readonly HealthFigure[] {
  return [
    intake(status),
    lag(status),
    waiting(status),
    deadLetters(status),
    checkpoint(status),
    witnesses(status),
  ];
}

const intakeByStatus = {
  ready: { value: 'Stored at once', note: 'events are in the log when they are answered', tone: 'fine' },
  degraded: { value: 'Kept on disk', note: 'events are safe and stored later', tone: 'soon' },
  not_ready: { value: 'Refused', note: 'producers keep their events', tone: 'now' },
} as const;

const reasons = {
  shutting_down: 'the server is shutting down',
  database_unreachable: 'the database is away',
  draining_spool: 'the database is back; what was kept is being stored',
} as const satisfies Record<NonNullable<AuditStatus['reason']>, string>;

function intake({ status, reason }: AuditStatus): HealthFigure {
  const figure = intakeByStatus[status];
  return { name: 'Intake', ...figure, note: reason === undefined ? figure.note : reasons[reason] };
}

function lag({ log }: AuditStatus): HealthFigure {
  const { median_ms = null, max_ms = null, records = 0 } = log?.lag ?? {};
  if (median_ms === null || max_ms === null) return unknown('Arrival lag', log);
  return {
    name: 'Arrival lag',
    value: durationText(median_ms),
    note: `median of the newest ${records}; longest ${durationText(max_ms)}`,
    tone: 'plain',
  };
}

function waiting({ queue, spool }: AuditStatus): HealthFigure {
  const name = 'Spool';
  const inMemory = `${numberText(queue.events)} events in memory`;
  if (spool === undefined)
    return {
      name,
      value: 'None',
      note: `nothing is kept while the database is away; ${inMemory}`,
      tone: 'plain',
    };
  const { occupied_bytes: occupied, quota_bytes: quota, requests } = spool;
  return {
    name,
    value: requests === 0 ? 'Empty' : `${numberText(requests)} ${requests === 1 ? 'request' : 'requests'}`,
    note: `${bytesText(occupied)}${quota === null ? '' : ` of ${bytesText(quota)}`} on disk; ${inMemory}`,
    tone: quota !== null && occupied > quota / 2 ? 'now' : requests > 0 ? 'soon' : 'fine',
  };
}

function deadLetters({ spool }: AuditStatus): HealthFigure {
  const dead = spool?.dead_letters ?? 0;
  const damaged = spool?.damaged_requests ?? 0;
  const isFine = dead === 0 && damaged === 0;
  return {
    name: 'Dead letters',
    value: numberText(dead),
    note:
      damaged > 0
        ? `the disk destroyed ${numberText(damaged)} requests`
        : isFine
          ? 'no event waits for a person'
          : 'events that cannot be stored: audit dead-letters list',
    tone: isFine ? 'fine' : 'now',
  };
}

function checkpoint({ log, timestamp }: AuditStatus): HealthFigure {
  if (log === undefined) return unknown('Checkpoint', log);
  const { newest_received_at: newest } = log;
  const age = newest === null ? undefined : Math.max(0, Date.parse(timestamp) - Date.parse(newest));
  return {
    name: 'Checkpoint',
    value: `${numberText(log.size)} ${log.size === 1 ? 'record' : 'records'}`,
    note: age === undefined ? 'no record yet' : `signed ${durationText(age)} ago`,
    tone: 'plain',
  };
}

function witnesses({ log }: AuditStatus): HealthFigure {
  const name = 'Witnesses';
  if (log === undefined) return unknown(name, log);
  const all = log.witnesses;
  if (all.length === 0)
    return { name, value: 'None', note: 'nobody outside vouches for this log', tone: 'plain' };
  const upToDate = all.filter(({ size }) => size === log.size).length;
  const behind = log.size - Math.max(...all.map(({ size }) => size));
  return {
    name,
    value: `${upToDate} of ${all.length}`,
    note:
      behind === 0 ? 'cosigned the newest checkpoint' : `the nearest is ${numberText(behind)} records behind`,
    tone: upToDate === all.length ? 'fine' : 'soon',
  };
}

function unknown(name: string, log: AuditStatus['log']): HealthFigure {
  const note = log === undefined ? 'the database does not answer' : 'no record yet';
  return { name, value: '–', note, tone: log === undefined ? 'soon' : 'plain' };
}
