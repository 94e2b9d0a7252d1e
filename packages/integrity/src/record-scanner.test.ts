import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash } from './index.ts';
import { oneLine } from './lines.ts';
import { safeParseRecord } from './parse-record.ts';
import { RecordReader } from './record-reader.ts';
import { RecordScanner } from './record-scanner.ts';
import { hostileText, makeLog, makeRecord } from './sample-log.test-support.ts';

function lineOf(record: string): Uint8Array {
  return Buffer.from(`\n${record}`);
}

/** What a scanner reads in a record, or undefined when it leaves it to the parser. */
function scanned(
  record: string,
): { sequence: number; correlationId: string; previousEventHash: string } | undefined {
  const bytes = lineOf(record);
  const scanner = new RecordScanner('default');
  if (!scanner.scan(bytes, 1, bytes.length)) return undefined;
  const { sequence, correlationBegin, correlationEnd, previousBegin } = scanner;
  const text = (begin: number, end: number) => Buffer.from(bytes.subarray(begin, end)).toString();
  return {
    sequence,
    correlationId: text(correlationBegin, correlationEnd),
    previousEventHash: previousBegin < 0 ? '' : text(previousBegin, previousBegin + 64),
  };
}

const serverNames = ['event_id', 'log_id', 'sequence', 'received_at', 'previous_event_hash'];
const fragments = [
  hostileText,
  '"',
  '\\',
  '{',
  '}',
  ',"',
  '":"',
  'correlation_id',
  '","log_id":"default","sequence":7',
  ...serverNames,
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const name = hostile.filter((text) => text !== '__proto__' && !serverNames.includes(text));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostile,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('array'),
    tie('object'),
  ),
  array: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
}));

/** Events with their members in any order, `correlation_id` among them. */
const event = fc
  .record({ members: fc.dictionary(name, json.value, { maxKeys: 5 }), correlationId: hostile, at: fc.nat(5) })
  .map(({ members, correlationId, at }) =>
    Object.fromEntries(Object.entries({ ...members }).toSpliced(at, 0, ['correlation_id', correlationId])),
  );

const hash = fc.oneof(
  fc.constant(''),
  fc.nat().map((leaf) => leafHash(`${leaf}`)),
);

describe('scanning a record', () => {
  it('reads what a parser reads, whatever the event says', () => {
    fc.assert(
      fc.property(event, fc.nat(), hash, (members, sequence, previous) => {
        const own = `"event_id":"019bbbad-4606-7c83-8695-a8e7c7176213","log_id":"default","sequence":${sequence},"received_at":"2026-01-14T08:44:13.702Z","previous_event_hash":"${previous}"}`;
        const record = `${JSON.stringify(members).slice(0, -1)},${own}`;
        const read = scanned(record);
        if (read === undefined) return;
        expect(safeParseRecord(record)).toMatchObject(read);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes valid JSON of any other form for what a parser reads, or leaves it', () => {
    const members = fc.array(
      fc.tuple(fc.oneof(name, fc.constantFrom(...serverNames, 'correlation_id')), json.value),
      { maxLength: 8 },
    );
    const place =
      '"event_id":"019bbbad-4606-7c83-8695-a8e7c7176213","log_id":"default","sequence":5,"received_at":"2026-01-14T08:44:13.702Z","previous_event_hash":""}';
    fc.assert(
      fc.property(members, fc.boolean(), (entries, nested) => {
        const text = JSON.stringify(Object.fromEntries(entries)).slice(0, -1);
        const opening = text === '{' ? text : `${text},`;
        const record = nested ? `${opening}"x":{${place}}` : `${opening}${place}`;
        const read = scanned(record);
        if (read !== undefined) expect(safeParseRecord(record)).toMatchObject(read);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same whatever lines it read before', () => {
    const line = fc
      .record({ members: event, nested: fc.boolean(), sequence: fc.nat(99) })
      .map(({ members, nested, sequence }) => {
        const { correlation_id: id, ...others } = members as Record<string, unknown>;
        // The first nested object at the same place, and a member of the searched name within it or before it.
        const head = { v: 'x'.repeat(40), c: 'rr', correlation_id: id };
        const record = nested ? { ...others, a: head, correlation_id: 'y' } : { ...head, a: others };
        return makeRecord(sequence, '', '').replace(
          /^.*(?=,"event_id")/,
          JSON.stringify(record).slice(0, -1),
        );
      });
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), (lines) => {
        const scanner = new RecordScanner('default');
        for (const record of lines) {
          const bytes = lineOf(record);
          if (!scanner.scan(bytes, 1, bytes.length)) continue;
          const { correlationBegin, correlationEnd } = scanner;
          const text = Buffer.from(bytes.subarray(correlationBegin, correlationEnd)).toString();
          expect(safeParseRecord(record)?.correlationId).toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is not fooled by a nested object where lines alike have the correlation id', () => {
    const own = makeRecord(5, '', '').replace(/^.*(?=,"event_id")/, '');
    const scanner = new RecordScanner('default');
    for (const head of [
      '{"version":"1.0","event_type":"a.b.c.d.e.f.g.h","pad":"0123456789","correlation_id":"own","x":{"y":1}',
      '{"version":"1.0","event_type":"a.b.c.d.e.f.g.h","p":{"a":"0123456","correlation_id":"bad"},"correlation_id":"own","x":{}',
      '{"version":"1.0","event_type":"a.b.c.d.e.f.g.h","pad":"01234567\\"","correlation_id":"own","x":{"y":1}',
    ]) {
      const bytes = lineOf(`${head}${own}`);
      expect(scanner.scan(bytes, 1, bytes.length)).toBe(true);
      const { correlationBegin, correlationEnd } = scanner;
      expect(Buffer.from(bytes.subarray(correlationBegin, correlationEnd)).toString()).toBe('own');
    }
  });

  it('needs no parser for records as the server writes them, wherever the correlation id stands', () => {
    for (const record of makeLog(7).lines) expect(scanned(record)).toBeDefined();
  });

  it.each([
    [
      'a nested object that ends the line',
      '{"correlation_id":"a","x":{"a":"b","event_id":"019bbbad-4606-7c83-8695-a8e7c7176213","log_id":"default","sequence":5,"received_at":"2026-01-14T08:44:13.702Z","previous_event_hash":""}}',
    ],
    [
      'a time that hides the end of an object',
      '{"correlation_id":"a","x":{"event_id":"019bbbad-4606-7c83-8695-a8e7c7176213","log_id":"default","sequence":5,"received_at":"x"},"c":"0123456789012","previous_event_hash":""}',
    ],
    ['an escaped correlation id', makeRecord(5, 'a"b', '')],
    [
      'a correlation id that is a number',
      '{"correlation_id":5,"pad":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","event_id":"019bbbad-4606-7c83-8695-a8e7c7176213","log_id":"default","sequence":5,"received_at":"2026-01-14T08:44:13.702Z","previous_event_hash":""}',
    ],
    ['another log', makeRecord(5, 'a', '').replace('"log_id":"default"', '"log_id":"other"')],
  ])('leaves %s to the parser', (_, record) => {
    expect(scanned(record)).toBeUndefined();
  });
});

describe('reading a record', () => {
  it('gives the same for a scanned and for a parsed line', () => {
    const record = makeRecord(5, 'größe "x"', leafHash('before'));
    const spaced = record.replace('{"version"', '{ "version"');
    for (const line of [record, spaced]) {
      const reader = new RecordReader('default');
      expect(reader.read(oneLine(Buffer.from(line)), 0, 1)).toBe('record');
      expect(reader.sequence).toBe(5);
      expect(reader.previousHash()).toBe(leafHash('before'));
      const { source, correlationBegin, correlationEnd } = reader;
      expect(Buffer.from(source.subarray(correlationBegin, correlationEnd)).toString()).toBe('größe "x"');
      expect(Buffer.from(reader.leaf()).toString('hex')).toBe(leafHash(line));
    }
  });

  it('works for a log whose name is no ASCII', () => {
    const line = makeRecord(5, 'a', '').replace('"log_id":"default"', '"log_id":"größe"');
    const reader = new RecordReader('größe');
    expect(reader.read(oneLine(Buffer.from(line)), 0, 1)).toBe('record');
    expect(reader.sequence).toBe(5);
  });

  it('leaves the bytes as they were', () => {
    const lines = oneLine(Buffer.from(makeRecord(5, 'a', '')));
    const before = Buffer.from(lines.bytes);
    new RecordReader('default').read(lines, 0, 1);
    expect(Buffer.compare(before, lines.bytes)).toBe(0);
  });
});
