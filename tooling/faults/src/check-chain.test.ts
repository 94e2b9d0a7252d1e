import { expect, it } from 'vitest';
import { ChainCheck } from './check-chain.ts';
import { Findings } from './findings.ts';
import type { StoredRecord } from './stored-records.ts';

const record = (sequence: number, previous: string, changes: Partial<StoredRecord> = {}): StoredRecord => ({
  sequence,
  eventId: `event ${sequence}`,
  correlationId: 'rr-1',
  eventHash: `hash ${sequence}`,
  computedHash: `hash ${sequence}`,
  members: { sequence, previous_event_hash: previous },
  ...changes,
});

it.each([
  ['nothing in a log that is whole', record(1, 'hash 0'), []],
  ['a gap', record(2, 'hash 0'), ['gap in the sequence: 1, first 2 instead of 1']],
  [
    'changed bytes',
    record(1, 'hash 0', { eventHash: 'x' }),
    ['record that its hash does not fit: 1, first 1'],
  ],
  ['a broken chain', record(1, 'hash x'), ['broken chain: 1, first 1']],
])('finds %s', (_what, second, lines) => {
  const findings = new Findings();
  const chain = new ChainCheck(findings);
  chain.add(record(0, ''));
  chain.add(second);
  expect(findings.lines()).toEqual(lines);
});
