import type { DeathCause } from '@audit/spool';
import { expect, it } from 'vitest';
import { type PreparedEvent, prepareEvent } from '../record/prepare-event.ts';
import { FakeStore } from '../test-support/fake-store.ts';
import { exampleTypes, readExample, sampleEvent } from '../test-support/sample-events.ts';
import { createTestSpool, type TestSpool } from '../test-support/test-spool.ts';
import { drainSpool } from './drain-spool.ts';
import type { StoreWrite } from './intake.ts';
import { readSpoolEntry, toSpoolInput } from './spooled-request.ts';

const receivedAt = '2026-01-15T12:00:00.000Z';
const now = () => Date.parse(receivedAt);
const event = (members: Parameters<typeof sampleEvent>[0] = {}) =>
  prepareEvent(sampleEvent(members), receivedAt);

function spoolOf(requests: readonly (readonly PreparedEvent[])[], options = {}): TestSpool {
  const spool = createTestSpool({ now, ...options });
  for (const request of requests) expect(spool.append(toSpoolInput(request)).status).toBe('appended');
  return spool;
}

async function drain(spool: TestSpool, store: FakeStore): Promise<[string, DeathCause][]> {
  const dead: [string, DeathCause][] = [];
  const onDead = (key: string, cause: DeathCause) => dead.push([key, cause]);
  await drainSpool({ spool, write: store.write, isAlone: true, mayGoOn: () => true, onDead });
  return dead;
}

it('reads back every event as it was accepted: content, id, personal data, and the time of the acceptance', async () => {
  const accepted = exampleTypes.map((type) =>
    prepareEvent(readExample(`${type}.valid`) as never, receivedAt),
  );
  const spool = spoolOf([accepted]);
  const [entry] = await spool.peek({ entriesMax: 1, bytesMax: 1 });
  const read = entry === undefined ? [] : readSpoolEntry(entry);
  expect(read.map(({ eventId, columns, told }) => ({ eventId, columns, told }))).toEqual(
    accepted.map(({ eventId, columns, told }) => ({ eventId, columns, told })),
  );
  expect(new Set(read.map((each) => each.receivedAt))).toEqual(new Set([receivedAt]));
  expect(read.map(({ disclosures }) => disclosures.length)).toEqual(
    accepted.map(({ disclosures }) => disclosures.length),
  );
});

it('stores many requests in few transactions', async () => {
  const spool = spoolOf(Array.from({ length: 5_000 }, () => [event()]));
  const store = new FakeStore();
  expect(await drain(spool, store)).toEqual([]);
  expect(store.events).toHaveLength(5_000);
  expect(store.transactions.length).toBeLessThan(5);
});

it('makes a dead letter of an event whose id is stored with other content, and stores the rest of its batch', async () => {
  const taken = event();
  const store = new FakeStore();
  await store.write([[taken]]);
  const other = event({ event_id: taken.eventId, event_action: 'other' });
  const [first, last, alone] = [event(), event(), event()];
  const spool = spoolOf([[first, other, last], [alone], [other]]);
  const dead = await drain(spool, store);
  expect(store.events).toEqual(
    [taken, first, last, alone].map((each) => expect.objectContaining({ eventId: each.eventId })),
  );
  const conflict = { reason: 'conflict', detail: 'the event id is stored already with other content' };
  expect(dead).toEqual([
    [taken.eventId, conflict],
    [taken.eventId, conflict],
  ]);
  const letters = await spool.deadLetters();
  expect(letters).toMatchObject([conflict, conflict]);
  for (const { text } of letters) {
    expect(JSON.parse(text)).toMatchObject({ event_id: taken.eventId, event_action: 'other' });
  }
  expect(spool.statistics().entries).toBe(0);
});

it('keeps the whole request as dead letter when the spool has no room for the dead event alone', async () => {
  const taken = event();
  const store = new FakeStore();
  await store.write([[taken]]);
  const other = event({ event_id: taken.eventId, event_action: 'other' });
  const fine = event();
  const spool = spoolOf([[fine, other]]);
  spool.refusal = 'quota';
  const [dead] = await drain(spool, store);
  expect([dead?.[0], store.ids]).toEqual([taken.eventId, [taken.eventId, fine.eventId]]);
  expect(await spool.deadLetters()).toMatchObject([{ detail: expect.stringContaining(taken.eventId) }]);
});

it('makes a dead letter of what the database refuses for its value, and of what is no request', async () => {
  const store = new FakeStore();
  const [bad, good] = [event(), event()];
  store.unstorable.add(bad.eventId);
  const spool = spoolOf([[bad], [good]]);
  spool.append({ key: 'torn', text: '{"event_id":' });
  spool.append({ key: 'foreign', text: '{"hello":1}' });
  const dead = await drain(spool, store);
  expect(dead.map(([key, { reason }]) => [key, reason])).toEqual([
    [bad.eventId, 'unstorable'],
    ['torn', 'unreadable'],
    ['foreign', 'unreadable'],
  ]);
  expect(store.ids).toEqual([good.eventId]);
});

it('keeps what follows a transaction that failed, although it was begun already', async () => {
  const spool = spoolOf(Array.from({ length: 9_000 }, () => [event()]));
  let calls = 0;
  const write: StoreWrite = async (submissions, { isSequel = false } = {}) => {
    calls += 1;
    if (calls === 2 || (calls > 2 && isSequel)) throw new Error('connection lost');
    return submissions.map(() => ({ outcome: 'stored', added: 1 }));
  };
  const drained = drainSpool({ spool, write, isAlone: true, mayGoOn: () => true, onDead: () => {} });
  await expect(drained).rejects.toThrow('connection lost');
  const [next] = await spool.peek({ entriesMax: 1, bytesMax: 1 });
  expect(next?.sequence).toBe(spool.statistics().firstSequence);
  expect(spool.statistics().entries).toBeGreaterThan(6_000);
});

it('keeps what it could not store when the database goes, and stores nothing twice afterwards', async () => {
  const store = new FakeStore();
  const requests = [[event()], [event(), event()]];
  const spool = spoolOf(requests);
  store.mode = 'answer_lost';
  await expect(drain(spool, store)).rejects.toThrow('connection refused');
  expect(spool.statistics().entries).toBe(2);
  store.mode = 'there';
  await drain(spool, store);
  expect(store.ids).toEqual(requests.flat().map(({ eventId }) => eventId));
});
