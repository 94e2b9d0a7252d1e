import type { AuditStatus } from '@audit/schema';
import { expect, it } from 'vitest';
import { judgeHealth } from './judge-health.ts';

const spool = {
  state: 'connected',
  requests: 0,
  bytes: 0,
  occupied_bytes: 1_024,
  quota_bytes: 4_096,
  dead_letters: 0,
  damaged_requests: 0,
} as const;

const log = {
  size: 1_200,
  newest_received_at: '2026-01-15T12:28:30.000Z',
  lag: { records: 100, median_ms: 820, max_ms: 4_260 },
  tiles: 4,
  holds: 0,
  witnesses: [
    { name: 'one', size: 1_200, cosigned_at: '2026-01-15T12:29:00.000Z' },
    { name: 'two', size: 1_150, cosigned_at: '2026-01-15T12:20:00.000Z' },
  ],
};

const healthy: AuditStatus = {
  timestamp: '2026-01-15T12:30:00.000Z',
  log_id: 'default',
  status: 'ready',
  queue: { events: 3, characters: 900 },
  spool,
  log,
};

it('tells every figure in words', () => {
  expect(judgeHealth(healthy).map(({ name, value, note, tone }) => [name, value, note, tone])).toEqual([
    ['Intake', 'Stored at once', 'events are in the log when they are answered', 'fine'],
    ['Arrival lag', '820 ms', 'median of the newest 100; longest 4.2 s', 'plain'],
    ['Spool', 'Empty', '1.0 KiB of 4.0 KiB on disk; 3 events in memory', 'fine'],
    ['Dead letters', '0', 'no event waits for a person', 'fine'],
    ['Checkpoint', '1,200 records', 'signed 1 m 30 s ago', 'plain'],
    ['Witnesses', '1 of 2', 'cosigned the newest checkpoint', 'soon'],
  ]);
});

it('says what is known while the database is away, and what is not', () => {
  const { log: _away, ...rest } = healthy;
  const away = judgeHealth({
    ...rest,
    status: 'degraded',
    reason: 'database_unreachable',
    spool: { ...spool, state: 'away', requests: 1_500, occupied_bytes: 3_000, dead_letters: 2 },
  });
  expect(away.map(({ value, note, tone }) => [value, note, tone])).toEqual([
    ['Kept on disk', 'the database is away', 'soon'],
    ['–', 'the database does not answer', 'soon'],
    ['1,500 requests', '2.9 KiB of 4.0 KiB on disk; 3 events in memory', 'now'],
    ['2', 'events that cannot be stored: audit dead-letters list', 'now'],
    ['–', 'the database does not answer', 'soon'],
    ['–', 'the database does not answer', 'soon'],
  ]);
});

it('does not call a server without spool and witnesses unhealthy, and says what it lacks', () => {
  const { spool: _none, ...rest } = healthy;
  const figures = judgeHealth({ ...rest, log: { ...log, witnesses: [] } });
  expect(figures.filter(({ tone }) => tone === 'soon' || tone === 'now')).toEqual([]);
  expect(figures.find(({ name }) => name === 'Witnesses')?.note).toBe('nobody outside vouches for this log');
});
