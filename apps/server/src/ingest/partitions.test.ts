import { createDatabase } from '@audit/environments';
import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { prepareEvent } from '../record/prepare-event.ts';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { checkTree } from '../test-support/check-tree.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { narrowPartitions } from '../test-support/narrow-partitions.ts';
import { openTree } from '../test-support/open-tree.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { tamper } from '../test-support/tamper.ts';
import { LogWriter } from './log-writer.ts';
import { Partitions, type PartitionsOptions } from './partitions.ts';
import type { Submission } from './submission.ts';

const mebi = 1_048_576;

function submission(events: number): Submission {
  return Array.from({ length: events }, () =>
    prepareEvent(sampleEvent({ correlation_id: 'rr-1' }), '2026-01-15T12:00:00.000Z'),
  );
}

/** Bounds of the partitions, as the bookkeeping and as the database has them. */
async function bounds(database: Database): Promise<(readonly [number, number])[]> {
  const noted = await database.query<{ first: string; end: string }>(
    `select first_sequence::text as first, end_sequence::text as end from audit.partitions order by first_sequence`,
  );
  const attached = await database.query<{ bound: string }>(
    `select pg_get_expr(relpartbound, oid) as bound from pg_class
     where relispartition and relkind = 'r' and relnamespace = 'audit'::regnamespace`,
  );
  const expected = noted.map(({ first, end }) => `FOR VALUES FROM ('${first}') TO ('${end}')`);
  expect(attached.map(({ bound }) => bound).toSorted()).toEqual(expected.toSorted());
  return noted.map(({ first, end }) => [Number(first), Number(end)] as const);
}

function expectUnbroken(partitions: readonly (readonly [number, number])[]): void {
  expect(partitions[0]?.[0]).toBe(0);
  expect(partitions.slice(1).map(([first]) => first)).toEqual(partitions.slice(0, -1).map(([, end]) => end));
}

async function openWriters(database: Database, count: number, options: Partial<PartitionsOptions>) {
  const signer = await openTree(database);
  const partitions = Array.from({ length: count }, () => new Partitions({ database, ...options }));
  const writers = partitions.map(
    (each) => new LogWriter({ database, logId: 'default', signer, partitions: each }),
  );
  return { signer, partitions, writers };
}

describeDatabases('partitions', (open) => {
  it('are there for every write, and two empty ones ahead, whoever writes how much', {
    timeout: 120_000,
  }, async () => {
    const calls = fc.array(fc.record({ writer: fc.nat(2), events: fc.integer({ min: 1, max: 11 }) }), {
      minLength: 1,
      maxLength: 10,
    });
    const property = fc.asyncProperty(calls, fc.constantFrom(3, 8), async (plan, width) => {
      const database = await open();
      await narrowPartitions(database, width);
      const { signer, partitions, writers } = await openWriters(database, 3, {
        smallest: width,
        largest: width,
      });
      await Promise.all(plan.map(({ writer, events }) => writers[writer]?.write([submission(events)])));
      await Promise.all(partitions.map((each) => each.stop()));
      const size = plan.reduce((sum, { events }) => sum + events, 0);
      expect([await checkChain(database), await checkTree(database, signer.key)]).toEqual([size, size]);
      const made = await bounds(database);
      expectUnbroken(made);
      expect(made.filter(([first]) => first >= size).length).toBeGreaterThanOrEqual(2);
      await database.close();
    });
    await fc.assert(property, { numRuns: 4 });
  });

  it('are made once by any number of servers that start at the same moment', async () => {
    const database = await open();
    await narrowPartitions(database, 4);
    const servers = Array.from({ length: 6 }, () => new Partitions({ database, smallest: 4, largest: 4 }));
    await Promise.all(servers.map((server) => server.cover(21)));
    await Promise.all(servers.map((server) => server.stop()));
    expect(await bounds(database)).toEqual(Array.from({ length: 8 }, (_, at) => [at * 4, at * 4 + 4]));
    await database.close();
  });

  it('are twice as wide when the log filled one in less than a month, half as wide after more than four', async () => {
    const database = await open();
    await openTree(database);
    const widths: number[] = [];
    for (const age of ['1 day', '60 days', '200 days', '200 days', '1 day']) {
      const end = (await bounds(database)).at(-2)?.[0] ?? 0;
      await tamper(
        database,
        `update audit.partitions set made_at = now() - interval '${age}'`,
        `update audit.logs set size = ${end + 1}`,
      );
      await new Partitions({ database }).cover(0);
      const [first, last] = (await bounds(database)).at(-1) ?? [0, 0];
      widths.push((last - first) / mebi);
    }
    expect(widths).toEqual([2, 2, 1, 1, 2]);
    expectUnbroken(await bounds(database));
    await database.close();
  });

  it('make no write fail when they cannot be made ahead: the write that needs one says why', async () => {
    const database = await open();
    await narrowPartitions(database, 4, 3);
    const signer = await openTree(database);
    const lags: unknown[] = [];
    const failure = new Error('no room for a table');
    let isFull = false;
    const failing: Database = {
      ...database,
      query: (text, parameters) =>
        isFull && text.includes('ensure_partitions')
          ? Promise.reject(failure)
          : database.query(text, parameters),
    };
    const partitions = new Partitions({
      database: failing,
      smallest: 4,
      largest: 4,
      onLag: (error) => void lags.push(error),
    });
    await partitions.cover(0);
    isFull = true;
    const writer = new LogWriter({ database, logId: 'default', signer, partitions });
    const results = [await writer.write([submission(5)]), await writer.write([submission(7)])];
    expect(results.flat()).toEqual([
      { outcome: 'stored', added: 5 },
      { outcome: 'stored', added: 7 },
    ]);
    expect(lags).toEqual([failure, failure]);
    await expect(writer.write([submission(1)])).rejects.toBe(failure);
    isFull = false;
    await writer.write([submission(1)]);
    expect(await checkChain(database)).toBe(13);
    await database.close();
  });

  it('do not hide that an event is stored already, or its id taken', async () => {
    const database = await open();
    await narrowPartitions(database, 2, 6);
    const { writers } = await openWriters(database, 2, {});
    const event = sampleEvent({ correlation_id: 'rr-2' });
    const again = () => prepareEvent(event, '2026-01-15T12:00:00.000Z');
    const other = prepareEvent({ ...event, correlation_id: 'rr-3' }, '2026-01-15T12:00:00.000Z');
    await writers[0]?.write([[again()]]);
    await writers[0]?.write([submission(6)]);
    for (const writer of writers) {
      expect(await writer.write([[again()], [other]])).toEqual([
        { outcome: 'stored', added: 0 },
        { outcome: 'conflict', indexes: [0] },
      ]);
    }
    expect(await checkChain(database)).toBe(7);
    await database.close();
  });
});

it('partitions are made while others read and write, without waiting for them', async () => {
  const database = openPostgres({ url: await createDatabase(inject('postgresUrl')), onIdleError: () => {} });
  await narrowPartitions(database, 4);
  await openTree(database);
  await database.transaction(async (other) => {
    await other.query(
      `insert into audit.contents (
         log_id, sequence, event_timestamp, received_at, event_type, event_category, event_action, event_outcome,
         actor_type, resource_type, resource_id, record
       ) values ('default', 0, now(), now(), 't', 'c', 'a', 'success', 'service', 'r', 'i', '{}')`,
    );
    expect(await other.query('select from audit.contents')).toHaveLength(1);
    await new Partitions({ database, smallest: 4, largest: 4 }).cover(12);
    expect(await bounds(database)).toHaveLength(5);
  });
  await database.close();
});
