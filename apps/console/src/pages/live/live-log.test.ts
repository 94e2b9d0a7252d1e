import type { AuditRecord, TailSkipped } from '@audit/schema';
import { expect, it } from 'vitest';
import { changeLiveLog, type LiveLog, openLiveLog, rowsMax } from './live-log.ts';
import type { TailMessage } from './tail-messages.ts';

// A row is told by its position alone here.
const record = (sequence: number) => ({ sequence }) as AuditRecord;
const arrival = (sequence: number): TailMessage[] => [
  { kind: 'position', position: String(sequence) },
  { kind: 'record', record: record(sequence) },
];
const receive = (log: LiveLog, ...messages: TailMessage[]) =>
  changeLiveLog(log, { kind: 'messages', messages });
const sequences = ({ rows }: LiveLog) => rows.map(({ sequence }) => sequence);
const skipped: TailSkipped = { reason: 'behind', from_sequence: 3, to_sequence: 9, count: 7 };

it('puts what comes above what there is, and remembers the position', () => {
  const log = receive(openLiveLog([record(1), record(0)], '1'), ...arrival(2), ...arrival(5), {
    kind: 'position',
    position: '8',
  });
  expect([sequences(log), log.position, log.received]).toEqual([[5, 2, 1, 0], '8', 2]);
});

it('keeps a bounded number of rows and counts all', () => {
  const messages = Array.from({ length: rowsMax + 20 }, (_, sequence) => arrival(sequence)).flat();
  const log = receive(openLiveLog([], '-1'), ...messages);
  expect([log.rows.length, log.rows[0]?.sequence, log.received]).toEqual([
    rowsMax,
    rowsMax + 19,
    rowsMax + 20,
  ]);
});

it('counts while it is paused, and keeps the position to go on from', () => {
  const paused = changeLiveLog(openLiveLog([record(0)], '0'), { kind: 'pause' });
  const log = receive(receive(paused, ...arrival(1)), ...arrival(2), { kind: 'skipped', skipped });
  expect([sequences(log), log.position, log.held, log.skips]).toEqual([[0], '0', 2, []]);
  const resumed = receive(changeLiveLog(log, { kind: 'resume' }), ...arrival(1), ...arrival(2));
  expect([sequences(resumed), resumed.position, resumed.held]).toEqual([[2, 1, 0], '2', 0]);
});

it('tells what the server skipped as the server tells it', () => {
  expect(receive(openLiveLog([], '2'), { kind: 'skipped', skipped }).skips).toEqual([skipped]);
});

it('is the same object when nothing changed, so that nothing is drawn again', () => {
  const log = openLiveLog([], '2');
  expect(receive(log)).toBe(log);
  expect(receive(log, { kind: 'position', position: '2' })).toBe(log);
});
