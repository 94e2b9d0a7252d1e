import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exportReport,
  LogVerifier,
  type LogVerifierOptions,
  leafHash,
  type VerifyExportOptions,
  verifyExport,
} from './index.ts';
import { checkpointOf, keys, logOf, makeLog, makeRecord } from './sample-log.test-support.ts';

const trust = { keys: [keys.log.verifierKey] };
const log = makeLog(60, 7);
const checkpoint = await checkpointOf(log);
const fileOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

const verifyLines = (lines: readonly string[], options: Omit<LogVerifierOptions, 'size'> = {}) =>
  verifyExport([fileOf(lines)], { checkpoint, trust, ...options });

/** A log whose last record is a purge. */
function purgedLog(size: number, ranges: readonly object[]) {
  const event_data = { event_type: 'datastorage.retention.purged', ranges };
  const record = makeRecord(size, 'retention:default', '', {
    event_type: 'datastorage.retention.purged',
    event_data,
  });
  return logOf([...makeLog(size, 7).lines, record]);
}

/** Verifies with the hash that is stored for each position, as a database or the log's tiles have it. */
function addAll(lines: readonly string[]): LogVerifier {
  const verifier = new LogVerifier({ size: log.lines.length });
  lines.forEach((line, position) => {
    verifier.add(line, log.leaves[position] ?? '');
  });
  return verifier;
}

describe('an export of a whole log', () => {
  it('is proven by a checkpoint, however the file is cut', async () => {
    const bytes = Buffer.from(fileOf(log.lines));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }), async (lengths) => {
        const pieces: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const end = at + (lengths[turn % lengths.length] ?? 1);
          pieces.push(bytes.subarray(at, end));
          at = end;
        }
        const report = await verifyExport(pieces, { checkpoint, trust });
        expect(report).toMatchObject({
          verdict: 'consistent_unwitnessed',
          records: 60,
          correlations: 7,
          unlinked: 0,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('tells the first bad position of any edit, drop, swap, repetition, truncation and reordering', () => {
    const at = fc.nat(58);
    const tampering = fc.oneof(
      fc.record({ at, lines: at }).map(({ at: position }) => ({
        position,
        lines: log.lines.with(
          position,
          (log.lines[position] ?? '').replace('"severity":"info"', '"severity":"warn"'),
        ),
      })),
      at.map((position) => ({ position, lines: log.lines.toSpliced(position, 1) })),
      at
        .map((position) => ({ position, lines: log.lines.toSpliced(position, 0, log.lines[position] ?? '') }))
        .map(({ position, lines }) => ({ position: position + 1, lines })),
      fc
        .tuple(at, at)
        .filter(([one, other]) => one < other)
        .map(([one, other]) => ({
          position: one,
          lines: log.lines.with(one, log.lines[other] ?? '').with(other, log.lines[one] ?? ''),
        })),
      at.map((position) => ({ position, lines: log.lines.slice(0, position) })),
      at.map((position) => ({
        position,
        lines: [...log.lines.slice(0, position), ...log.lines.slice(position).toReversed()],
      })),
    );
    fc.assert(
      fc.property(tampering, ({ position, lines }) => {
        const verifier = addAll(lines);
        const found = verifier.failure?.sequence ?? verifier.frontier.size;
        expect(found).toBe(position);
      }),
      { numRuns: 500 },
    );
  });

  it('is never accepted after any change of its bytes', async () => {
    const text = fileOf(log.lines);
    const edit = fc.tuple(fc.nat(text.length - 1), fc.nat(2), fc.string({ maxLength: 2 }));
    await fc.assert(
      fc.asyncProperty(edit, async ([at, removed, added]) => {
        const changed = text.slice(0, at) + added + text.slice(at + removed);
        fc.pre(changed !== text);
        const report = await verifyExport([changed], { checkpoint, trust });
        expect(report.verdict).toBe('broken');
        expect(report.failure?.sequence ?? 0).toBeGreaterThanOrEqual(
          report.failure?.code === 'root_mismatch' ? 0 : text.slice(0, at).split('\n').length - 1,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('with a record whose chain was repaired after it is found by the tree alone', async () => {
    const forged = makeLog(60, 7).lines.map((line, at) => (at === 59 ? line.replace('info', 'warn') : line));
    expect((await verifyLines(forged)).failure).toMatchObject({ code: 'root_mismatch' });
    expect(addAll(forged).failure).toMatchObject({ code: 'record_changed', sequence: 59 });
  });

  it.each([
    ['empty', '', 'records_missing', 0],
    ['cut within a line', fileOf(log.lines).slice(0, -10), 'records_missing', 59],
    ['without the last newline', fileOf(log.lines).slice(0, -1), 'records_missing', 59],
    ['longer than the log', `${fileOf(log.lines)}${makeRecord(60, 'rr-new', '')}\n`, 'records_surplus', 60],
    ['with carriage returns', fileOf(log.lines).replaceAll('\n', '\r\n'), 'chain_broken', 7],
    ['with an empty line', `\n${fileOf(log.lines)}`, 'malformed_record', 0],
    ['with a byte order mark', `\ufeff${fileOf(log.lines)}`, 'malformed_record', 0],
    ['with a comment', `# export\n${fileOf(log.lines)}`, 'malformed_record', 0],
    [
      'of another log',
      fileOf(log.lines).replaceAll('"log_id":"default"', '"log_id":"other"'),
      'chain_broken',
      7,
    ],
  ])('that is %s is broken', async (_, text, code, sequence) => {
    const report = await verifyExport([text], { checkpoint, trust });
    expect(report).toMatchObject({ verdict: 'broken', failure: { code, sequence } });
  });

  it('whose records are of two logs is broken', async () => {
    const lines = log.lines.with(9, (log.lines[9] ?? '').replace('"log_id":"default"', '"log_id":"other"'));
    expect((await verifyLines(lines)).failure).toMatchObject({ code: 'wrong_log', sequence: 9, line: 10 });
  });

  it('with a line that never ends stops, and takes no more memory than a line may have', async () => {
    function* endless(): Generator<Uint8Array> {
      for (;;) yield new Uint8Array(65_536).fill(0x20);
    }
    const report = await verifyExport(endless(), { checkpoint, trust, lineBytesMax: 1_000_000 });
    expect(report.failure).toMatchObject({ code: 'line_too_long', line: 1 });
  });

  it('without a checkpoint cannot be checked, but is still read', async () => {
    expect(await verifyExport([fileOf(log.lines)])).toMatchObject({ verdict: 'cannot_check', records: 60 });
    const broken = await verifyExport([fileOf(log.lines.toSpliced(3, 1))]);
    expect(broken).toMatchObject({
      verdict: 'broken',
      failure: { code: 'sequence_gap', sequence: 3, line: 4 },
    });
  });

  it('of a stretch says what it cannot know', async () => {
    const report = await verifyLines(log.lines.slice(20), { first: 20 });
    expect(report).toMatchObject({ verdict: 'cannot_check', records: 40, unlinked: 7 });
    expect(report.checks.at(-1)).toMatchObject({ outcome: 'not_checked' });
  });

  describe('with purged records', () => {
    const purged = purgedLog(60, [
      { first_sequence: 0, last_sequence: 11 },
      { first_sequence: 12, last_sequence: 19 },
      { first_sequence: 33, last_sequence: 33 },
    ]);
    const purge = (at: number, by = 60) =>
      `#purged ${JSON.stringify({ sequence: at, event_hash: purged.leaves[at], by_sequence: by })}`;
    const lines = purged.lines.map((line, at) => (at < 20 || at === 33 ? purge(at) : line));
    const verifyPurged = async (changed: readonly string[], options: VerifyExportOptions = {}) =>
      verifyExport([fileOf(changed)], { checkpoint: await checkpointOf(purged), trust, ...options });

    it('is proven from their hashes', async () => {
      expect(await verifyPurged(lines)).toMatchObject({
        verdict: 'consistent_unwitnessed',
        records: 61,
        purged: 21,
      });
      const forged = lines.with(33, purge(32).replace('"sequence":32', '"sequence":33'));
      expect((await verifyPurged(forged)).failure).toMatchObject({ code: 'chain_broken', sequence: 40 });
    });

    it.each([
      ['no event that is there already', purge(40, 40), 41],
      ['an event that is no purge', purge(40, 41), 42],
      ['a purge that does not name it', purge(40), 61],
      ['an event that was purged itself', purge(32, 33), 61],
      ['an event to come', purge(40, 61), undefined],
      ['a purge that names its neighbour', purge(34), 61],
    ])('needs a purge: %s is none', async (_name, line, at) => {
      const sequence = (JSON.parse(line.slice('#purged '.length)) as { sequence: number }).sequence;
      const { failure } = await verifyPurged(lines.with(sequence, line));
      expect(failure).toMatchObject({ code: 'purge_unfounded', sequence });
      expect(failure?.line).toBe(at);
    });

    it('of a stretch says nothing of a purge that comes later', async () => {
      expect(await verifyPurged(lines.slice(0, 50), { end: 50 })).toMatchObject({
        verdict: 'cannot_check',
        purged: 21,
      });
    });
  });

  it('finds repeated event ids and parents that never came, when asked', async () => {
    const event = (sequence: number, more: object) => makeRecord(sequence, `rr-${sequence}`, '', { ...more });
    const lines = [
      event(0, { parent_event_id: '019BBBAD-0000-7000-8000-000000000000' }),
      event(1, { parent_event_id: JSON.parse(event(2, {})).event_id }),
      event(2, { parent_event_id: null }),
    ];
    const report = await verifyExport([fileOf(lines)], { relations: true });
    expect(report.unknownParents).toEqual([{ eventId: '019bbbad-0000-7000-8000-000000000000', sequence: 0 }]);
    const repeated = [
      ...lines,
      event(2, {}).replace('"sequence":2', '"sequence":3').replace('"rr-2"', '"rr-3"'),
    ];
    expect((await verifyExport([fileOf(repeated)], { relations: true })).failure).toMatchObject({
      code: 'duplicate_event_id',
      sequence: 3,
    });
  });

  it('follows as many correlations as it may, and says how many it could not', async () => {
    expect(await verifyLines(log.lines, { correlationsMax: 3 })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      correlations: 3,
      // The other four correlations have 33 records, of which four are the first.
      unlinked: 29,
    });
  });
});

describe('an export of a part', () => {
  const ofOne = log.lines.filter((line) => line.includes('"correlation_id":"rr-3"'));

  it('of a correlation is checked by its chain, from its first record on', async () => {
    const selection = 'correlations';
    expect(await verifyLines(ofOne, { selection })).toMatchObject({
      verdict: 'cannot_check',
      correlations: 1,
      unlinked: 0,
    });
    for (const at of ofOne.keys()) {
      const { verdict, failure } = await verifyLines(ofOne.toSpliced(at, 1), { selection });
      // Nothing in a chain says that it goes on.
      expect([verdict, failure?.code, failure?.line]).toEqual(
        at === ofOne.length - 1 ? ['cannot_check', undefined, undefined] : ['broken', 'chain_broken', at + 1],
      );
    }
  });

  it('of any records is checked for its order and log alone', async () => {
    const some = log.lines.filter((_, at) => at % 3 === 1);
    expect(await verifyLines(some, { selection: 'some' })).toMatchObject({
      verdict: 'cannot_check',
      records: 20,
    });
    expect(await verifyLines(some.toReversed(), { selection: 'some' })).toMatchObject({
      verdict: 'broken',
      failure: { code: 'sequence_repeated', line: 2 },
    });
    const later = [...some, makeRecord(60, 'rr-new', '')];
    expect(await verifyLines(later, { selection: 'some' })).toMatchObject({
      verdict: 'broken',
      failure: { code: 'records_surplus', line: 21, sequence: 60 },
    });
    expect(await verifyLines([], { selection: 'some' })).toMatchObject({ verdict: 'cannot_check' });
  });

  it('whose end is known is broken when it ends earlier or later, and has no root', async () => {
    const { verdict, failure } = await verifyLines(log.lines.slice(0, 40), { end: 40 });
    expect([verdict, failure]).toEqual(['cannot_check', undefined]);
    expect((await verifyLines(log.lines.slice(0, 39), { end: 40 })).failure).toMatchObject({
      code: 'records_missing',
      line: 40,
      sequence: 39,
    });
    expect((await verifyLines(log.lines.slice(0, 41), { end: 40 })).failure).toMatchObject({
      code: 'records_surplus',
      line: 41,
      sequence: 40,
    });
  });
});

describe('records that are read together', () => {
  it('are judged as one by one, wherever the file is cut and whatever stands between them', () => {
    const edits = [
      (line: string) => line.replace('{"version"', '{ "version"'),
      (line: string) => line.replace('info', 'warn'),
      (line: string) => line.replace('"sequence":', '"sequence":1'),
      (line: string) => line.replace('"log_id":"default"', '"log_id":"other"'),
      (line: string) => line.slice(0, -1),
      (line: string) => line.replace('"correlation_id":"rr-', '"correlation_id":"größe-'),
    ] as const;
    const edit = fc.record({ at: fc.nat(199), kind: fc.nat(edits.length - 1) });
    const long = makeLog(200, 7);
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 4 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 90_000 }),
        (taken, size, cut) => {
          const lines = taken.reduce<readonly string[]>(
            (before, { at, kind }) => before.with(at, edits[kind]?.(before[at] ?? '') ?? ''),
            long.lines,
          );
          const oneByOne = new LogVerifier({ size });
          for (const line of lines) oneByOne.add(line);
          const together = new LogVerifier({ size });
          const file = Buffer.from(fileOf(lines));
          for (let at = 0; at < file.length; at += cut) together.push(file.subarray(at, at + cut));
          expect(together.failure).toEqual(oneByOne.failure);
          expect(together.state()).toEqual(oneByOne.state());
          expect(together.records).toBe(oneByOne.records);
          expect(file.toString()).toBe(fileOf(lines));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a verification that was interrupted', () => {
  it('goes on where it stopped', () => {
    fc.assert(
      fc.property(fc.nat(60), (stop) => {
        const first = new LogVerifier();
        for (const line of log.lines.slice(0, stop)) first.add(line);
        const second = new LogVerifier({ state: JSON.parse(JSON.stringify(first.state())) });
        for (const line of log.lines.slice(stop)) expect(second.add(line)).toBeUndefined();
        expect(second.frontier.root()).toBe(log.root);
        expect(second.records).toBe(60);
      }),
      { numRuns: 20 },
    );
  });

  it('goes on where it stopped among purged records, and finds the same', () => {
    const purgedAt = (sequence: number) => sequence % 3 === 1;
    const read = (verifier: LogVerifier, begin: number, end: number) => {
      for (let sequence = begin; sequence < end; sequence++) {
        if (!purgedAt(sequence)) verifier.add(log.lines[sequence] ?? '');
        else verifier.addPurged({ sequence, event_hash: log.leaves[sequence] ?? '', by_sequence: 60 });
      }
      return verifier;
    };
    fc.assert(
      fc.property(fc.nat(60), (stop) => {
        const state = JSON.parse(JSON.stringify(read(new LogVerifier(), 0, stop).state()));
        const resumed = exportReport(read(new LogVerifier({ state }), stop, 60));
        expect(resumed).toEqual(exportReport(read(new LogVerifier(), 0, 60)));
        expect(resumed).toMatchObject({ failure: undefined, records: 60, purged: 20 });
      }),
      { numRuns: 20 },
    );
  });
});

describe('honest histories', () => {
  it('are never accused: any correlations, in any order, with hostile texts', async () => {
    const history = fc.array(
      fc.record({
        correlation: fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
        text: fc.string({ unit: 'binary' }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(history, async (events) => {
        const heads = new Map<string, string>();
        const lines = events.map(({ correlation, text }, sequence) => {
          const id = correlation.toWellFormed();
          const line = makeRecord(sequence, id, heads.get(id) ?? '', { note: text.toWellFormed() });
          heads.set(id, leafHash(line));
          return line;
        });
        const history = logOf(lines);
        const report = await verifyExport([fileOf(lines)], {
          checkpoint: await checkpointOf(history),
          trust,
        });
        expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', correlations: heads.size });
      }),
      { numRuns: 100 },
    );
  });
});
