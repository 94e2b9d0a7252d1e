import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { prepareEvent } from '../record/prepare-event.ts';
import { StoreUnavailableError, TooManyWaitingError } from '../store/store-errors.ts';
import { FakeStore, type FakeStoreMode } from '../test-support/fake-store.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { createTestSpool, type TestSpool } from '../test-support/test-spool.ts';
import { createDrain } from './create-drain.ts';
import { SpoolingIntake } from './spooling-intake.ts';

const receivedAt = '2026-01-15T12:00:00.000Z';
const event = (members: Parameters<typeof sampleEvent>[0] = {}) =>
  prepareEvent(sampleEvent(members), receivedAt);
const events = (count: number) => Array.from({ length: count }, () => event());
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

interface Started {
  readonly store: FakeStore;
  readonly spool: TestSpool;
  readonly intake: SpoolingIntake;
}

function start(
  given: Partial<Pick<Started, 'store' | 'spool'>> & { isOpen?: boolean; timeoutMs?: number } = {},
): Started {
  const { store = new FakeStore(), spool = createTestSpool(), isOpen = true, timeoutMs = 60_000 } = given;
  const logger = pino({ level: 'silent' });
  const delayMs = () => 0;
  const drain = createDrain({ store, logger, databaseTimeoutMs: timeoutMs });
  const intake = new SpoolingIntake({
    drain,
    store,
    spool,
    logger,
    isOpen,
    delayMs,
    databaseTimeoutMs: timeoutMs,
  });
  onTestFinished(() => intake.close(0));
  return { store, spool, intake };
}

const isConnected = ({ intake }: Started) => intake.status.state === 'connected';

it('stores while the database is there, and touches no disk', async () => {
  const { intake, spool, store } = start();
  const batch = events(3);
  expect(await intake.submit(batch)).toEqual({ outcome: 'stored', added: 3 });
  expect(await intake.submit(batch)).toEqual({ outcome: 'stored', added: 0 });
  expect(store.ids).toEqual(batch.map(({ eventId }) => eventId));
  expect(spool.statistics().nextSequence).toBe(1);
});

it('accepts while the database is away, then stores everything once, in order, before what comes next', async () => {
  const started = start();
  const { intake, spool, store } = started;
  const batches = Array.from({ length: 20 }, (_, index) => events(1 + (index % 3)));
  store.mode = 'away';
  for (const batch of batches) expect(await intake.submit(batch)).toEqual({ outcome: 'accepted' });
  expect([intake.status.state, spool.statistics().entries]).toEqual(['away', 20]);
  store.mode = 'there';
  await until(() => isConnected(started));
  const next = events(1);
  expect(await intake.submit(next)).toEqual({ outcome: 'stored', added: 1 });
  expect(store.ids).toEqual([...batches, next].flat().map(({ eventId }) => eventId));
  expect(spool.statistics().entries).toBe(0);
});

it('accepts what is with the database and what waits for it when the database goes, in the order it came', async () => {
  const started = start();
  const { intake, store } = started;
  store.mode = 'away';
  const batches = Array.from({ length: 50 }, () => events(100));
  const results = await Promise.all(batches.map((batch) => intake.submit(batch)));
  expect(results).toEqual(batches.map(() => ({ outcome: 'accepted' })));
  store.mode = 'there';
  await until(() => isConnected(started));
  expect(store.ids).toEqual(batches.flat().map(({ eventId }) => eventId));
});

it('does not ask a database that is known to be away', async () => {
  const { intake, store } = start({ timeoutMs: 20 });
  store.mode = 'silent';
  expect(await intake.submit(events(1))).toEqual({ outcome: 'accepted' });
  const write = store.write;
  Object.assign(store, { write: () => Promise.reject(new Error('asked')) });
  expect(await intake.submit(events(1))).toEqual({ outcome: 'accepted' });
  Object.assign(store, { write });
});

it('waits for a silent database only so long, and then cuts it off', async () => {
  const started = start({ timeoutMs: 20 });
  const { intake, store } = started;
  store.mode = 'silent';
  const batch = events(2);
  expect(await intake.submit(batch)).toEqual({ outcome: 'accepted' });
  store.mode = 'there';
  await until(() => isConnected(started));
  expect(store.ids).toEqual(batch.map(({ eventId }) => eventId));
});

it('stores an event once whose commit was not confirmed', async () => {
  const started = start();
  const { intake, store } = started;
  store.mode = 'answer_lost';
  const batch = events(2);
  expect(await intake.submit(batch)).toEqual({ outcome: 'accepted' });
  store.mode = 'there';
  await until(() => isConnected(started));
  expect(await intake.submit(batch)).toEqual({ outcome: 'stored', added: 0 });
  expect(store.ids).toEqual(batch.map(({ eventId }) => eventId));
});

it('returns to the database under a load that never pauses', async () => {
  const started = start();
  const { intake, store } = started;
  store.mode = 'away';
  const sent: string[] = [];
  const outcomes: string[] = [];
  let isOver = false;
  const producers = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const [one] = events(1);
      if (one === undefined) return;
      outcomes.push((await intake.submit([one])).outcome);
      sent.push(one.eventId);
    }
  });
  await until(() => sent.length > 2_000);
  store.mode = 'there';
  await until(() => isConnected(started) && outcomes.at(-1) === 'stored');
  isOver = true;
  await Promise.all(producers);
  expect(store.ids.toSorted()).toEqual(sent.toSorted());
});

it('refuses a write that neither database nor spool takes, and takes it when sent again', async () => {
  const started = start();
  const { intake, spool, store } = started;
  store.mode = 'away';
  const batch = events(3);
  for (const refusal of ['disk_full', 'quota', 'io_error'] as const) {
    spool.refusal = refusal;
    await expect(intake.submit(batch)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect([spool.statistics().entries, intake.status.isSpoolRefusing]).toEqual([0, true]);
  }
  spool.refusal = undefined;
  spool.failsToSync = true;
  await expect(intake.submit(batch)).rejects.toBeInstanceOf(StoreUnavailableError);
  spool.failsToSync = false;
  expect(await intake.submit(batch)).toEqual({ outcome: 'accepted' });
  expect(intake.status.isSpoolRefusing).toBe(false);
  store.mode = 'there';
  await until(() => isConnected(started));
  expect(store.ids).toEqual(batch.map(({ eventId }) => eventId));
});

it('stores what comes although the spool cannot be read, and what is in it when it can', async () => {
  const started = start();
  const { intake, spool, store } = started;
  store.mode = 'away';
  const spooled = events(1);
  await intake.submit(spooled);
  spool.failsToPeek = true;
  store.mode = 'there';
  await until(() => isConnected(started));
  expect(await intake.submit(events(1))).toEqual({ outcome: 'stored', added: 1 });
  spool.failsToPeek = false;
  await until(() => spool.statistics().entries === 0);
  expect(store.ids).toContain(spooled[0]?.eventId);
});

it('starts without a database, and stores what an earlier process left before anything else', async () => {
  const before = start();
  before.store.mode = 'away';
  const left = events(2);
  await before.intake.submit(left);
  // An acknowledgement that a crash forgot makes an entry come again.
  const spool = createTestSpool();
  for (const entry of await before.spool.peek({ entriesMax: 9, bytesMax: 1 })) {
    const text = Buffer.from(entry.payload).toString();
    for (const key of [entry.key, entry.key]) spool.append({ key, text });
  }
  const store = new FakeStore();
  store.mode = 'away';
  const after = start({ store, spool, isOpen: false });
  const next = events(1);
  expect(await after.intake.submit(next)).toEqual({ outcome: 'accepted' });
  store.mode = 'there';
  await until(() => isConnected(after));
  expect(store.ids).toEqual([...left, ...next].map(({ eventId }) => eventId));
});

it('answers everybody when it closes, stores what it can, and leaves the rest in the spool', async () => {
  const { intake, spool, store } = start();
  store.mode = 'away';
  await intake.submit(events(1));
  await intake.close(1_000);
  expect([store.ids.length, spool.statistics().entries]).toEqual([0, 1]);
  const reachable = start({ store: new FakeStore(), spool: createTestSpool() });
  reachable.store.mode = 'away';
  await reachable.intake.submit(events(2));
  reachable.store.mode = 'there';
  await until(() => reachable.intake.status.state !== 'away');
  await reachable.intake.close(60_000);
  expect([reachable.store.ids.length, reachable.spool.statistics().entries]).toEqual([2, 0]);
});

it('lets too much that waits be sent again later, also in an outage that is about to be noticed', async () => {
  const { intake, store } = start();
  store.mode = 'away';
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => intake.submit(events(2_000))));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((result) => result.reason instanceof TooManyWaitingError)).toBe(true);
});

it('stores everything acknowledged exactly once and in order, whatever the database does', async () => {
  const mode = fc.constantFrom<FakeStoreMode>('there', 'there', 'away', 'answer_lost', 'silent');
  const step = fc.record({
    mode,
    count: fc.integer({ min: 1, max: 3 }),
    waits: fc.boolean(),
    repeats: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const started = start({ timeoutMs: 5 });
      const { intake, spool, store } = started;
      const acknowledged: string[] = [];
      for (const { mode: next, count, waits, repeats } of steps) {
        store.mode = next;
        const batch = events(count);
        const answers = [intake.submit(batch), ...(repeats ? [intake.submit(batch)] : [])];
        await Promise.all(answers);
        acknowledged.push(...batch.map(({ eventId }) => eventId));
        if (waits) await turn();
      }
      store.mode = 'there';
      await until(() => isConnected(started) && spool.statistics().entries === 0);
      expect(store.ids).toEqual(acknowledged);
      await intake.close(0);
    }),
    { numRuns: 60 },
  );
});
