import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { type Ledger, openLedger } from '../test-support/open-ledger.ts';
import { readCursor } from './cursor.ts';
import type { RecordFilter, RecordQuery } from './record-query.ts';
import { defaultScanBounds, readRecords } from './record-reader.ts';
import type { ScanBounds } from './record-scan.ts';

const everything: RecordQuery = { equals: {}, order: 'desc', limit: 50, offset: 0 };
const stored = 60;

/** The members that the filters of these tests look at, by position. */
function membersAt(position: number) {
  return {
    correlation_id: `rr-${position % 3}`,
    namespace: position % 2 === 0 ? 'even' : 'odd',
    event_data: {
      event_type: 'aianalysis.phase.transition',
      old_phase: `phase-${position % 7}`,
      new_phase: 'Investigating',
    },
  } as const;
}

async function fill(ledger: Ledger, from: number, to: number): Promise<void> {
  await ledger.store(...Array.from({ length: to - from }, (_, index) => membersAt(from + index)));
}

const filters: readonly (readonly [RecordFilter, (position: number) => boolean])[] = [
  [{ equals: {} }, () => true],
  [{ equals: { correlation_id: 'rr-1' } }, (position) => position % 3 === 1],
  [{ equals: { namespace: 'even' } }, (position) => position % 2 === 0],
  [{ equals: { correlation_id: 'rr-2', namespace: 'odd' } }, (position) => position % 6 === 5],
  [{ equals: {}, detail: { key: 'old_phase', value: 'phase-3' } }, (position) => position % 7 === 3],
  [{ equals: { namespace: 'nowhere' } }, () => false],
];

/** Walks every page by its cursor, and does something between two of them. */
async function walk(
  database: Database,
  query: RecordQuery,
  bounds: ScanBounds,
  between: () => Promise<void>,
): Promise<number[]> {
  const seen: number[] = [];
  let after: number | undefined;
  for (;;) {
    const reading = readRecords(
      database,
      'default',
      after === undefined ? query : { ...query, after },
      bounds,
    );
    const [page] = await Promise.all([reading, between()]);
    seen.push(...page.events.map((event) => JSON.parse(event).sequence));
    if (page.nextCursor === null) return seen;
    after = readCursor(page.nextCursor, query.order);
  }
}

describeDatabases('pages', (open) => {
  it('of any size, filter and bound together hold every matching record once, in order, while others are written', async () => {
    const database = await open();
    const ledger = await openLedger(database);
    await fill(ledger, 0, stored);
    let size = stored;
    const append = async () => {
      if (size >= 90) return;
      const from = size;
      size += 3;
      await fill(ledger, from, from + 3);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...filters),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 13, max: 40 }),
        fc.integer({ min: 25, max: 150 }),
        async ([filter, matches], order, limit, examinedMax) => {
          const before = size;
          const query = { ...everything, ...filter, order, limit };
          const seen = await walk(database, query, { totalMax: 10, examinedMax }, append);
          const expected = Array.from({ length: before }, (_, position) => position).filter(matches);
          if (order === 'desc') expected.reverse();
          expect(seen.filter((sequence) => sequence < before)).toEqual(expected);
          expect(new Set(seen).size).toBe(seen.length);
        },
      ),
      { numRuns: 8 },
    );
    await database.close();
  });

  it('count every match up to the cap, and say when there are or could be more', async () => {
    const database = await open();
    await fill(await openLedger(database), 0, stored);
    const total = async (query: Partial<RecordQuery>, bounds: Partial<ScanBounds>) => {
      const page = await readRecords(
        database,
        'default',
        { ...everything, ...query },
        { ...defaultScanBounds, ...bounds },
      );
      return [page.total?.matches, page.total?.isCapped, page.events.length, page.nextCursor];
    };
    const even = { equals: { namespace: 'even' } };
    expect(await total({ limit: 7 }, {})).toEqual([60, false, 7, 'desc-53']);
    expect(await total({ limit: 7 }, { totalMax: 59 })).toEqual([59, true, 7, 'desc-53']);
    expect(await total({ limit: 7, after: 3 }, {})).toEqual([60, false, 3, null]);
    expect(await total({ limit: 7, offset: 58 }, {})).toEqual([60, false, 2, null]);
    expect(await total({ ...even, limit: 7 }, {})).toEqual([30, false, 7, 'desc-46']);
    expect(await total({ ...even, limit: 7, after: 13 }, {})).toEqual([30, false, 7, null]);
    expect(await total(even, { examinedMax: 10 })).toEqual([5, true, 5, 'desc-50']);
    expect(await total({ ...even, after: 4 }, { examinedMax: 10 })).toEqual([5, true, 2, null]);
    expect(await total({ ...even, after: 0 }, {})).toEqual([30, false, 0, null]);
    expect(await total({ ...even, limit: 7, isCounted: false }, {})).toEqual([
      undefined,
      undefined,
      7,
      'desc-46',
    ]);
    expect(await total({ ...even, isCounted: false }, { examinedMax: 10 })).toEqual([
      undefined,
      undefined,
      5,
      'desc-50',
    ]);
    await database.close();
  });
});
