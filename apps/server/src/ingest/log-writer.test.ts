import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareEvent } from '../record/prepare-event.ts';
import type { Database } from '../store/database.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { checkTree } from '../test-support/check-tree.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { openTree } from '../test-support/open-tree.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { LogWriter } from './log-writer.ts';
import type { Submission } from './submission.ts';

async function openWriter(database: Database): Promise<LogWriter> {
  return new LogWriter({ database, logId: 'default', signer: await openTree(database) });
}

function submission(events: number, correlation_id = 'rr-1'): Submission {
  return Array.from({ length: events }, () =>
    prepareEvent(sampleEvent({ correlation_id }), '2026-01-15T12:00:00.000Z'),
  );
}

async function storedIds(database: Database): Promise<string[]> {
  const rows = await database.query<{ event_id: string }>(
    'select event_id::text as event_id from audit.records order by records.sequence',
  );
  return rows.map((row) => row.event_id);
}

/** A database whose transactions fail when told to: before the commit, or after it as a lost connection does. */
function failing(database: Database, nextFault: () => Fault): Database {
  return {
    ...database,
    async load(load, onBegun) {
      const fault = nextFault();
      const rolledBack = { ...load, last: `${load.last}; select 1 / 0` };
      await database.load(fault === 'rolled_back' ? rolledBack : load, onBegun).catch((error: unknown) => {
        throw fault === 'rolled_back' ? new Error('connection lost') : error;
      });
      if (fault === 'answer_lost') throw new Error('connection lost');
    },
  };
}

type Fault = 'none' | 'rolled_back' | 'answer_lost';

describeDatabases('writing a log', (open) => {
  it('writes overlapping calls in their order', async () => {
    const database = await open();
    const signer = await openTree(database);
    const writer = new LogWriter({ database, logId: 'default', signer });
    const calls = Array.from({ length: 6 }, (_, index) => [submission(3, `rr-${index % 2}`)]);
    const results = await Promise.all(calls.map((call) => writer.write(call)));
    expect(results).toEqual(calls.map(() => [{ outcome: 'stored', added: 3 }]));
    const expected = calls.flat(2).map((event) => event.eventId);
    expect(await storedIds(database)).toEqual(expected);
    expect(await checkChain(database)).toBe(18);
    expect(await checkTree(database, signer.key)).toBe(18);
    await database.close();
  });

  it('never starts over while nobody else writes, however many calls overlap', async () => {
    const database = await open();
    const signer = await openTree(database);
    let restarts = 0;
    const onRestart = () => {
      restarts += 1;
    };
    const writer = new LogWriter({ database, logId: 'default', signer, onRestart });
    await Promise.all(Array.from({ length: 30 }, () => writer.write([submission(2)])));
    expect(restarts).toBe(0);
    expect(await checkChain(database)).toBe(60);
    await database.close();
  });

  it('stores an event once that comes again while its transaction is under way', async () => {
    const database = await open();
    const writer = await openWriter(database);
    const event = submission(1);
    const results = await Promise.all([
      writer.write([event]),
      writer.write([event, submission(1)]),
      writer.write([event]),
    ]);
    expect(results.flat().map((result) => result.outcome === 'stored' && result.added)).toEqual([1, 0, 1, 0]);
    expect(await checkChain(database)).toBe(2);
    await database.close();
  });

  it('does not acknowledge a repetition of an event whose transaction then fails', async () => {
    const database = await open();
    const faults: Fault[] = ['rolled_back'];
    const signer = await openTree(database);
    const flaky = failing(database, () => faults.shift() ?? 'none');
    const writer = new LogWriter({ database: flaky, logId: 'default', signer });
    const event = submission(1);
    const [first, again] = await Promise.allSettled([writer.write([event]), writer.write([event])]);
    expect(first.status).toBe('rejected');
    expect(again).toEqual({ status: 'fulfilled', value: [{ outcome: 'stored', added: 1 }] });
    expect(await checkChain(database)).toBe(1);
    await database.close();
  });

  it('stores a sequel only when the call before it is stored, at once or after starting over', async () => {
    const database = await open();
    const signer = await openTree(database);
    const other = new LogWriter({ database, logId: 'default', signer });
    const faults: Fault[] = ['rolled_back', 'none', 'none', 'none'];
    const flaky = failing(database, () => faults.shift() ?? 'none');
    const writer = new LogWriter({ database: flaky, logId: 'default', signer });
    const [lost, sequel, independent] = [submission(1), submission(1), submission(1)];
    const results = await Promise.allSettled([
      writer.write([lost]),
      writer.write([sequel], { isSequel: true }),
      writer.write([independent]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    // Another process takes the place that the next call was written for.
    await other.write([submission(1)]);
    const last = [submission(1), submission(1)];
    await Promise.all(last.map((each) => writer.write([each], { isSequel: true })));
    const ids = await storedIds(database);
    expect([ids[0], ids.slice(2)]).toEqual([
      independent[0]?.eventId,
      last.flat().map(({ eventId }) => eventId),
    ]);
    expect(await checkChain(database)).toBe(4);
    await database.close();
  });

  it('stores an event once that two processes write at the same time', async () => {
    const database = await open();
    const signer = await openTree(database);
    const writers = [0, 1, 2].map(() => new LogWriter({ database, logId: 'default', signer }));
    const events = Array.from({ length: 10 }, () => submission(2));
    const results = await Promise.all(
      events.flatMap((event) => writers.map((writer) => writer.write([event]))),
    );
    const added = results
      .flat()
      .reduce((sum, result) => sum + (result.outcome === 'stored' ? result.added : 0), 0);
    expect(added).toBe(20);
    expect(await checkChain(database)).toBe(20);
    await database.close();
  });

  it('keeps sequence and chains whatever fails, and stores exactly what it acknowledged or may have', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', 'none', 'rolled_back', 'answer_lost');
    const calls = fc.array(
      fc.record({
        writer: fc.nat(1),
        events: fc.integer({ min: 1, max: 4 }),
        correlation: fc.nat(3),
        waits: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.array(fault, { maxLength: 12 }), async (plan, faults) => {
        const database = await open();
        const signer = await openTree(database);
        const pending = [...faults];
        const flaky = failing(database, () => pending.shift() ?? 'none');
        const writers = [0, 1].map(() => new LogWriter({ database: flaky, logId: 'default', signer }));
        const acknowledged: string[] = [];
        const underway = plan.map(async ({ writer, events, correlation, waits }) => {
          const events_ = submission(events, `rr-${correlation}`);
          if (waits) await database.query('select 1');
          try {
            await writers[writer]?.write([events_]);
            acknowledged.push(...events_.map((event) => event.eventId));
          } catch {
            // A refused call may or may not have been stored: its caller sends it again.
          }
        });
        await Promise.all(underway);
        const count = await checkChain(database);
        expect(await checkTree(database, signer.key)).toBe(count);
        const stored = await storedIds(database);
        expect(new Set(stored).size).toBe(count);
        expect(stored).toEqual(expect.arrayContaining(acknowledged));
        await database.close();
      }),
      { numRuns: 25 },
    );
  });
});

describe('a log that was never opened', () => {
  describeDatabases('is refused', (open) => {
    it('names the log', async () => {
      const database = await open();
      const writer = new LogWriter({ database, logId: 'nowhere', signer: await openTree(database) });
      await expect(writer.write([submission(1)])).rejects.toThrow(
        'log nowhere does not exist: open it first',
      );
      await database.close();
    });
  });
});
