import fc from 'fast-check';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createDrain } from '../outage/create-drain.ts';
import { toSpoolInput } from '../outage/spooled-request.ts';
import { SpoolingIntake } from '../outage/spooling-intake.ts';
import { type PreparedEvent, prepareEvent } from '../record/prepare-event.ts';
import { FakeStore, type FakeStoreMode } from '../test-support/fake-store.ts';
import { parseExposition } from '../test-support/parse-exposition.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { createTestSpool, type TestSpool } from '../test-support/test-spool.ts';
import { CommitMetrics } from './commit-metrics.ts';
import { EventMetrics } from './event-metrics.ts';

const receivedAt = '2026-01-15T12:00:00.000Z';
const turn = () => new Promise((resolve) => setImmediate(resolve));
const eventOf = (number: number, event_action = 'phase_transition') =>
  prepareEvent(
    sampleEvent({ event_id: `019bbbd8-dbe5-792d-9ab5-${String(number).padStart(12, '0')}`, event_action }),
    receivedAt,
  );

interface Account {
  readonly accepted: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly spooled: number;
  readonly drained: number;
  readonly dead: number;
  readonly waiting: number;
}

interface Watched {
  readonly store: FakeStore;
  readonly intake: SpoolingIntake;
  submit(submission: readonly PreparedEvent[]): Promise<unknown>;
  /** Stores what a dead process left. */
  drainLeftOver(leftOver: TestSpool): Promise<void>;
  account(): Promise<Account>;
  /** Ends when the spool is empty and writes are stored again. */
  rest(): Promise<void>;
}

/** An intake whose events are counted as those of a server are. */
function watch(spool: TestSpool): Watched {
  const registry = new Registry();
  const observer = new EventMetrics(registry);
  const store = new FakeStore();
  const { reach, open, disconnect } = store;
  const counted = { reach, open, disconnect, write: new CommitMetrics(registry).around(store.write) };
  const common = {
    store: counted,
    logger: pino({ level: 'silent' }),
    databaseTimeoutMs: 60_000,
    observer,
  };
  const drain = createDrain(common);
  const intake = new SpoolingIntake({ ...common, spool, drain, isOpen: true, delayMs: () => 0 });
  return {
    store,
    intake,
    submit: observer.around((submission) => intake.submit(submission)),
    async drainLeftOver(leftOver) {
      observer.opened(leftOver);
      await drain({ spool: leftOver, isAlone: false, mayGoOn: () => true });
      observer.closed(leftOver);
    },
    account: async () => readAccount(await registry.metrics()),
    async rest() {
      while (intake.status.state !== 'connected' || spool.statistics().entries > 0) await turn();
    },
  };
}

function readAccount(text: string): Account {
  const { samples } = parseExposition(text);
  const of = (name: string) => samples.get(`datastorage_events_${name}`) ?? Number.NaN;
  return {
    accepted: of('accepted_total'),
    stored: of('stored_total'),
    duplicate: of('duplicate_total'),
    spooled: of('spooled_total'),
    drained: of('drained_total'),
    dead: of('dead_total'),
    waiting: of('waiting'),
  };
}

function expectBalance(account: Account): void {
  const { stored, duplicate, drained, waiting, dead } = account;
  expect(account).toEqual({ ...account, accepted: stored + duplicate + drained + waiting + dead });
}

// Few ids, so that events come again, alone and in batches, with the same and with other content.
const event = fc.tuple(fc.integer({ min: 0, max: 15 }), fc.constantFrom('same', 'same', 'same', 'other'));
const request = fc.uniqueArray(event, { minLength: 1, maxLength: 4, selector: ([number]) => number });
const modes = fc.constantFrom<FakeStoreMode>('there', 'there', 'away', 'answer_lost');
const steps = fc.array(fc.tuple(modes, fc.array(request, { minLength: 1, maxLength: 4 }), fc.boolean()), {
  maxLength: 8,
});
const prepared = (events: readonly (readonly [number, string])[]) =>
  events.map(([number, action]) => eventOf(number, action));

it('accepted = stored + duplicate + drained + waiting + dead at rest, whatever the database and the disk do', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(request, { maxLength: 3 }), async (script, earlier) => {
      const spool = createTestSpool();
      for (const each of earlier) spool.append(toSpoolInput(prepared(each)));
      const watched = watch(spool);
      for (const [mode, requests, fails] of script) {
        watched.store.mode = mode;
        spool.failsToSync = fails;
        const submitted = requests.map((each) => watched.submit(prepared(each)));
        await Promise.allSettled(submitted);
      }
      watched.store.mode = 'there';
      spool.failsToSync = false;
      await watched.rest();
      const account = await watched.account();
      expectBalance(account);
      expect(account.waiting).toBe(0);
      const syncFailed = script.some(([, , fails]) => fails);
      // An event that the disk did not confirm to be moved may be buried twice.
      if (!syncFailed) expect(account.dead).toBe(spool.statistics().deadLetters);
      await watched.intake.close(0);
    }),
    { numRuns: 100 },
  );
});

it('counts what waits while the database is away, and what becomes of it', async () => {
  const watched = watch(createTestSpool());
  await watched.submit([eventOf(0)]);
  watched.store.mode = 'away';
  await watched.submit([eventOf(0), eventOf(1), eventOf(2)]);
  await watched.submit([eventOf(1, 'other'), eventOf(3)]);
  const away = await watched.account();
  expect(away).toEqual({
    accepted: 6,
    stored: 1,
    duplicate: 0,
    spooled: 5,
    drained: 0,
    dead: 0,
    waiting: 5,
  });
  watched.store.mode = 'there';
  await watched.rest();
  expect(await watched.account()).toEqual({
    accepted: 6,
    stored: 1,
    duplicate: 0,
    spooled: 5,
    drained: 4,
    dead: 1,
    waiting: 0,
  });
  await watched.intake.close(0);
});

it('takes over the account of processes that died, in its own spool and in one that was left over', async () => {
  const [own, leftOver] = [createTestSpool(), createTestSpool()];
  own.append(toSpoolInput([eventOf(0), eventOf(1)]));
  leftOver.append(toSpoolInput([eventOf(1)]));
  leftOver.append(toSpoolInput([eventOf(1, 'other'), eventOf(2)]));
  leftOver.append(toSpoolInput([eventOf(0)]));
  const first = watch(own);
  await first.rest();
  expect(await first.account()).toMatchObject({ accepted: 2, stored: 0, spooled: 0, drained: 2, waiting: 0 });
  await first.intake.close(0);
  const second = watch(createTestSpool());
  await second.drainLeftOver(leftOver);
  expect(await second.account()).toMatchObject({ accepted: 4, stored: 0, dead: 1, drained: 3, waiting: 0 });
  await second.intake.close(0);
});

it('misses the events of a spool that is empty although nothing was stored', async () => {
  const spool = createTestSpool();
  const watched = watch(spool);
  watched.store.mode = 'away';
  await watched.submit([eventOf(0), eventOf(1)]);
  const statistics = spool.statistics();
  // As a disk that destroyed the entry.
  spool.statistics = () => ({ ...statistics, entries: 0, damagedEntries: 1 });
  expect(await watched.account()).toMatchObject({
    accepted: 2,
    stored: 0,
    duplicate: 0,
    dead: 0,
    waiting: 0,
  });
  await watched.intake.close(0);
});
