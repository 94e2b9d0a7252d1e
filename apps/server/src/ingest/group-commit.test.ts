import { expect, it } from 'vitest';
import { prepareEvent } from '../record/prepare-event.ts';
import { StoreUnavailableError, TooManyWaitingError } from '../store/store-errors.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { GroupCommit, type WriteSubmissions } from './group-commit.ts';
import { type Submission, submissionLength } from './submission.ts';

const submission = (events: number): Submission =>
  Array.from({ length: events }, () => prepareEvent(sampleEvent(), '2026-01-15T12:00:00.000Z'));

/** A store that answers when told to, and remembers the sizes of its transactions. */
function manualStore() {
  const transactions: number[][] = [];
  const answers: (() => void)[] = [];
  const write: WriteSubmissions = async (submissions) => {
    transactions.push(submissions.map((each) => each.length));
    await new Promise<void>((resolve) => answers.push(resolve));
    return submissions.map((each) => ({ outcome: 'stored', added: each.length }));
  };
  const begun = async (count: number) => {
    while (transactions.length < count) await turn();
  };
  return { transactions, write, begun, answer: () => answers.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('stores what comes in the same turn in one transaction, and what comes meanwhile in the next', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store.write);
  const first = [commits.submit(submission(1)), commits.submit(submission(2))];
  await turn();
  const second = [commits.submit(submission(3)), commits.submit(submission(4))];
  await turn();
  store.answer();
  await Promise.all(first);
  await store.begun(2);
  store.answer();
  await Promise.all(second);
  expect(store.transactions).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it('begins a second transaction while one is under way only when enough waits, and never a third', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store.write, { aheadEventsMin: 5, commitEventsMax: 6 });
  const calls = [1, 4, 2, 9, 1].map((events) => submission(events));
  const results = [];
  for (const call of calls) {
    results.push(commits.submit(call));
    await turn();
  }
  expect(store.transactions).toEqual([[1], [4, 2]]);
  const drained = commits.drain();
  for (let count = 1; count <= 4; count += 1) {
    await store.begun(count);
    store.answer();
  }
  await drained;
  expect(store.transactions).toEqual([[1], [4, 2], [9], [1]]);
  expect(await Promise.all(results)).toHaveLength(5);
});

it('refuses what is too much to wait, for the client to send again', async () => {
  const store = manualStore();
  const commits = new GroupCommit(store.write, { waitingEventsMax: 3 });
  const accepted = commits.submit(submission(3));
  await expect(commits.submit(submission(1))).rejects.toBeInstanceOf(TooManyWaitingError);
  await turn();
  store.answer();
  expect(await accepted).toEqual({ outcome: 'stored', added: 3 });
});

it('counts the length of what waits as well, for waiting and for a transaction, but takes anything when nothing waits', async () => {
  const store = manualStore();
  const one = submission(1);
  const length = submissionLength(one);
  const commits = new GroupCommit(store.write, {
    waitingLengthMax: length * 2.5,
    commitLengthMax: length * 1.5,
  });
  const accepted = [
    commits.submit(submission(5)),
    await turn(),
    commits.submit(one),
    commits.submit(submission(1)),
  ];
  await expect(commits.submit(submission(1))).rejects.toBeInstanceOf(TooManyWaitingError);
  for (let count = 1; count <= 3; count += 1) {
    await store.begun(count);
    store.answer();
  }
  await Promise.all(accepted);
  expect(store.transactions).toEqual([[5], [1], [1]]);
});

it('stores the others alone when one submission cannot be stored', async () => {
  const unstorable = submission(1);
  const refusal = Object.assign(new Error('value out of range'), { code: '22003' });
  const commits = new GroupCommit(async (submissions) => {
    if (submissions.includes(unstorable)) throw refusal;
    return submissions.map((each) => ({ outcome: 'stored', added: each.length }));
  });
  const results = await Promise.allSettled(
    [submission(2), unstorable, submission(3)].map((each) => commits.submit(each)),
  );
  expect(results).toEqual([
    { status: 'fulfilled', value: { outcome: 'stored', added: 2 } },
    { status: 'rejected', reason: refusal },
    { status: 'fulfilled', value: { outcome: 'stored', added: 3 } },
  ]);
});

it('answers everybody with try again when the database is away, and goes on afterwards', async () => {
  let isAway = true;
  const commits = new GroupCommit(async (submissions) => {
    if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    return submissions.map((each) => ({ outcome: 'stored', added: each.length }));
  });
  const results = await Promise.allSettled([commits.submit(submission(1)), commits.submit(submission(1))]);
  expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual([
    expect.any(StoreUnavailableError),
    expect.any(StoreUnavailableError),
  ]);
  isAway = false;
  expect(await commits.submit(submission(1))).toEqual({ outcome: 'stored', added: 1 });
  await commits.drain();
});
