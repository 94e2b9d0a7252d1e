import { expect, it } from 'vitest';
import { retentionRows } from './retention-clock.ts';

const policy = {
  is_purging: true,
  default_retention_days: 10,
  category_retention_days: [{ event_category: 'gateway', retention_days: 2 }],
};
const record = { event_timestamp: '2026-01-01T00:00:00Z', received_at: '2026-01-03T12:00:00Z' };

it('counts from the later of happening and storing, by the period of the category', () => {
  const rows = retentionRows(
    policy,
    new Map([
      ['workflow', record],
      ['gateway', record],
    ]),
  );
  expect(rows).toEqual([
    {
      category: 'gateway',
      days: 2,
      isOwn: true,
      oldestAt: record.event_timestamp,
      expiresAt: '2026-01-05T12:00:00.000Z',
    },
    {
      category: 'workflow',
      days: 10,
      isOwn: false,
      oldestAt: record.event_timestamp,
      expiresAt: '2026-01-13T12:00:00.000Z',
    },
  ]);
});

it("takes a record's own period first", () => {
  const [row] = retentionRows(policy, new Map([['workflow', { ...record, retention_days: 1 }]]));
  expect(row).toMatchObject({ days: 2 });
  const [, workflow] = retentionRows(policy, new Map([['workflow', { ...record, retention_days: 1 }]]));
  expect(workflow).toMatchObject({ days: 10, expiresAt: '2026-01-04T12:00:00.000Z' });
});

it('lists categories of the policy that have no record', () => {
  expect(retentionRows(policy, new Map([['workflow', undefined]]))).toEqual([
    { category: 'gateway', days: 2, isOwn: true },
    { category: 'workflow', days: 10, isOwn: false },
  ]);
});

it('lets nothing expire that tells of the log itself', () => {
  const [row] = retentionRows({ ...policy, category_retention_days: [] }, new Map([['datastorage', record]]));
  expect(row).toEqual({
    category: 'datastorage',
    days: 10,
    isOwn: false,
    isKept: true,
    oldestAt: record.event_timestamp,
  });
});
