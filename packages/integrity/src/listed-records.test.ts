import { expect, it } from 'vitest';
import { safeParseKeyList } from './key-list.ts';
import { ListedRecords } from './listed-records.ts';

const file = [
  '#manifest {}',
  '{"event_id":"e","event_type":"a.b","sequence":4,"correlation_id":7}',
  '#purged {"sequence":5,"event_hash":"00"}',
  '{"sequence":6',
  '{"sequence":7}',
  '',
].join('\n');

it('lists records and purged places however the file is cut, and leaves out what it cannot read', () => {
  for (const size of [1, 7, file.length]) {
    const listed = new ListedRecords();
    const bytes = new TextEncoder().encode(file);
    for (let at = 0; at < bytes.length; at += size) listed.push(bytes.subarray(at, at + size));
    expect(listed.found).toEqual([
      { sequence: 4, event_id: 'e', event_type: 'a.b', is_purged: false },
      { sequence: 5, is_purged: true },
      { sequence: 7, is_purged: false },
    ]);
  }
});

it('lists no more than it is told to', () => {
  const listed = new ListedRecords(1);
  listed.push(new TextEncoder().encode(file));
  expect(listed.found.map(({ sequence }) => sequence)).toEqual([4]);
});

it('reads a list of keys, and nothing else as one', () => {
  expect(safeParseKeyList('{"keys":[{"key":"a","from":0},{"key":"a","from":0}]}')).toEqual([
    { key: 'a', from: 0 },
  ]);
  const others = [
    '',
    '[]',
    '{"keys":[7]}',
    '{"keys":[{"key":"a","from":3,"until":2}]}',
    '{"keys":{}}',
    'null',
  ];
  expect(others.map(safeParseKeyList)).toEqual(others.map(() => undefined));
});
