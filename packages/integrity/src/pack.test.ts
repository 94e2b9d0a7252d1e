import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseSample,
  type Disclosure,
  disclosureDigest,
  isIntegrityError,
  leafHash,
  type Population,
  verifyDisclosure,
  verifyPack,
} from './index.ts';
import {
  itemsAt,
  keys,
  logOf,
  makeLog,
  makeRecord,
  packOf,
  positions,
  readVector,
} from './sample-log.test-support.ts';

const trust = { keys: [keys.log.verifierKey] };
const log = makeLog(700, 20);
const range = (begin: number, end: number): Population => ({ kind: 'range', begin, end });

describe('a pack of a range', () => {
  it('proves that all records of the range are there, for any range', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(700), fc.nat(700), async (one, other) => {
        const [begin, end] = [Math.min(one, other), Math.max(one, other)];
        const pack = await packOf(log, range(begin, end), itemsAt(log, positions(begin, end)));
        const report = await verifyPack([pack], { trust });
        expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', records: end - begin });
        expect(report.checks).toContainEqual({
          statement: `all ${end - begin} records of sequence ${begin} to ${end - 1} are here`,
          outcome: 'holds',
        });
      }),
      { numRuns: 25 },
    );
  });

  it('holds the records as an export has them', async () => {
    const pack = await packOf(log, range(0, 700), itemsAt(log, positions(0, 700)));
    const records = pack.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(records).toEqual(log.lines);
  });

  it('proves the rest when records were purged, and names the records of the purges', async () => {
    const items = positions(100, 400).map((sequence) =>
      sequence % 50 < 20
        ? { purged: { sequence, event_hash: log.leaves[sequence] ?? '', by_sequence: 650 } }
        : { record: log.lines[sequence] ?? '' },
    );
    const report = await verifyPack([await packOf(log, range(100, 400), items)], { trust });
    expect(report).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 180,
      purged: 120,
      purgedBy: [650],
    });
    expect(report.checks.map(({ statement }) => statement).join()).toContain(
      'purged under policy, see record 650',
    );
  });

  it('agrees with itself at most when no key is trusted', async () => {
    const pack = await packOf(log, range(0, 10), itemsAt(log, positions(0, 10)));
    const report = await verifyPack([pack]);
    expect(report).toMatchObject({ verdict: 'cannot_check', records: 10 });
    expect(report.checks).toContainEqual({
      statement: 'the keys are known from elsewhere than the pack',
      outcome: 'not_checked',
    });
  });
});

describe('a pack of a correlation', () => {
  const heads = new Map<string, string>();
  const lines = positions(0, 40).map((sequence) => {
    const id = sequence % 4 === 1 || sequence === 30 ? 'rr-a' : `rr-${sequence % 4}`;
    const more = sequence === 30 ? { event_type: 'datastorage.evidence.exported' } : {};
    const line = makeRecord(sequence, id, heads.get(id) ?? '', more);
    heads.set(id, leafHash(line));
    return line;
  });
  const history = logOf(lines);
  const chosen = positions(0, 31).filter((sequence) => sequence % 4 === 1 || sequence === 30);
  const population: Population = { kind: 'correlation', correlation_id: 'rr-a', closed_by: 30 };

  it('proves that none is left out up to the record that tells of the export', async () => {
    const report = await verifyPack([await packOf(history, population, itemsAt(history, chosen))], { trust });
    expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', records: 9 });
    expect(report.checks.filter(({ statement }) => statement.includes('rr-a'))).toEqual([
      { statement: 'no record of rr-a is left out between its first and record 30', outcome: 'holds' },
      { statement: 'rr-a has no second chain elsewhere in the log', outcome: 'not_checked' },
    ]);
    expect(report.checks).toContainEqual({
      statement: 'record 30, in which the service tells of this export, follows them all',
      outcome: 'holds',
    });
  });

  it('does not prove its end without that record', async () => {
    const open: Population = { kind: 'correlation', correlation_id: 'rr-a' };
    const report = await verifyPack([await packOf(history, open, itemsAt(history, chosen.slice(0, 3)))], {
      trust,
    });
    expect(report.verdict).toBe('consistent_unwitnessed');
    expect(report.checks).toContainEqual({
      statement: 'no record of rr-a follows them',
      outcome: 'not_checked',
    });
  });

  it.each(chosen.map((_, at) => at))('is broken without its record %d', async (at) => {
    const pack = await packOf(history, population, itemsAt(history, chosen.toSpliced(at, 1)));
    const report = await verifyPack([pack], { trust });
    const isLast = at === chosen.length - 1;
    expect(report.failure).toMatchObject(
      isLast ? { code: 'records_missing', sequence: 30 } : { code: 'chain_broken', sequence: chosen[at + 1] },
    );
  });

  it('is broken by a record of another correlation, or closed by a record of a producer', async () => {
    const other = await packOf(
      history,
      { kind: 'correlation', correlation_id: 'rr-b' },
      itemsAt(history, chosen),
    );
    expect((await verifyPack([other], { trust })).failure).toMatchObject({
      code: 'outside_population',
      sequence: 1,
    });
    const closed: Population = { kind: 'correlation', correlation_id: 'rr-a', closed_by: 5 };
    const early = await packOf(history, closed, itemsAt(history, [1, 5]));
    expect((await verifyPack([early], { trust })).failure).toMatchObject({ code: 'not_closed', sequence: 5 });
  });

  it('goes on behind purged records, and says that its beginning is gone', async () => {
    const items = chosen.map((sequence, at) =>
      at === 0 || at === 4
        ? { purged: { sequence, event_hash: history.leaves[sequence] ?? '', by_sequence: 39 } }
        : { record: history.lines[sequence] ?? '' },
    );
    const report = await verifyPack([await packOf(history, population, items)], { trust });
    expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', purged: 2 });
    expect(report.checks).toContainEqual({
      statement: 'no record of rr-a is left out between its first and record 30',
      outcome: 'not_checked',
    });
  });
});

describe('a pack of a filter', () => {
  it('proves the records, and says that it only states which are left out', async () => {
    const chosen = positions(100, 500).filter((sequence) => sequence % 7 < 2);
    const population: Population = {
      kind: 'filter',
      begin: 100,
      end: 500,
      filter: { event_category: 'gateway' },
    };
    const report = await verifyPack([await packOf(log, population, itemsAt(log, chosen))], { trust });
    expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', records: chosen.length });
    expect(report.checks).toContainEqual({
      statement: 'no record of sequence 100 to 499 that matches {"event_category":"gateway"} is left out',
      outcome: 'not_checked',
    });
  });
});

describe('a sample', () => {
  const samples = JSON.parse(readVector('samples.json')) as {
    seed: string;
    size: number;
    begin: number;
    end: number;
    chosen: number[];
  }[];

  it.each(samples)('with seed $seed is the same for everybody', ({ chosen, ...request }) => {
    expect(chooseSample(request)).toEqual(chosen);
  });

  it('has as many records as wanted, of the range, ascending, and a larger one holds the smaller', () => {
    const request = fc.record({
      seed: fc.string(),
      begin: fc.nat(1000),
      count: fc.nat(200),
      size: fc.nat(200),
    });
    fc.assert(
      fc.property(request, ({ seed, begin, count, size }) => {
        fc.pre(size <= count);
        const end = begin + count;
        const chosen = chooseSample({ seed, size, begin, end });
        expect(new Set(chosen).size).toBe(size);
        expect(chosen).toEqual(chosen.toSorted((one, other) => one - other));
        expect(chosen.every((sequence) => sequence >= begin && sequence < end)).toBe(true);
        if (size * 2 > count || size === 0) return;
        expect(chosen).toEqual(expect.arrayContaining(chooseSample({ seed, size: size - 1, begin, end })));
      }),
    );
  });

  it('chooses every record about as often as any other', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const sequence of chooseSample({ seed: `${seed}`, size: 3, begin: 0, end: 10 })) {
        counts[sequence] = (counts[sequence] ?? 0) + 1;
      }
    }
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(100);
  });

  it('that cannot be is refused', () => {
    for (const size of [-1, 1.5, 11]) {
      expect(() => chooseSample({ seed: '', size, begin: 0, end: 10 })).toThrow(
        expect.toSatisfy(isIntegrityError),
      );
    }
  });

  it('in a pack is proven to be what the seed gives', async () => {
    const request = { seed: 'audit 2026', size: 12, begin: 50, end: 650 };
    const population: Population = { kind: 'sample', ...request };
    const chosen = chooseSample(request);
    const report = await verifyPack([await packOf(log, population, itemsAt(log, chosen))], { trust });
    expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', records: 12 });
    const swapped = chosen.toSpliced(4, 1, (chosen[4] ?? 0) + 1);
    const other = await verifyPack([await packOf(log, population, itemsAt(log, swapped))], { trust });
    expect(other.failure).toMatchObject({ code: 'records_missing', sequence: chosen[4] });
    const fewer = await verifyPack([await packOf(log, population, itemsAt(log, chosen.slice(0, -1)))], {
      trust,
    });
    expect(fewer.failure).toMatchObject({ code: 'records_missing', sequence: chosen.at(-1) });
    const more = await verifyPack([await packOf(log, population, itemsAt(log, [...chosen, 699]))], { trust });
    expect(more.failure).toMatchObject({ code: 'not_chosen', sequence: 699 });
  });
});

describe('personal data', () => {
  const email: Disclosure = disclosureOf('/event_data/recipients/0/email', 'ada@example.org');
  const phone: Disclosure = disclosureOf('/event_data/recipients/0/phone', { number: [1, null] });
  const record = makeRecord(0, 'rr-a', '', {
    event_data: {
      recipients: [{ _sd: [email, phone].map(({ disclosure }) => disclosureDigest(disclosure)).sort() }],
    },
    _sd_alg: 'sha-256',
  });
  const history = logOf([record, makeRecord(1, 'rr-a', leafHash(record))]);
  const items = (disclosures: readonly Disclosure[]) => [
    { record, disclosures },
    { record: history.lines[1] ?? '' },
  ];

  it('is verified where it is shown, and proven later where it was withheld', async () => {
    const shown = await verifyPack([await packOf(history, range(0, 2), items([email, phone]))], { trust });
    expect(shown).toMatchObject({ verdict: 'consistent_unwitnessed', disclosures: 2 });
    const redacted = await packOf(history, range(0, 2), items([]), { disclosures: 'withheld' });
    expect(redacted).not.toContain(phone.disclosure);
    expect(await verifyPack([redacted], { trust })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      disclosures: 0,
    });
    expect(verifyDisclosure(record, phone)).toMatchObject({
      verdict: 'proven',
      sequence: 0,
      value: { number: [1, null] },
    });
  });

  it('computes the digest of the example in RFC 9901, section 4.2.3', () => {
    const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(disclosureDigest(disclosure)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
  });

  it.each<[string, string, Disclosure]>([
    ['another value', record, disclosureOf(email.pointer, 'eve@example.org')],
    ['another member', record, { ...email, pointer: '/event_data/recipients/0/phone' }],
    ['another place', record, { ...email, pointer: '/event_data/recipients/1/email' }],
    ['the prototype', record, { ...email, pointer: '/__proto__/email' }],
    ['an array', record, { ...email, pointer: '/event_data/recipients/email' }],
    ['no pointer', record, { ...email, pointer: 'email' }],
    ['no Base 64', record, { ...email, disclosure: `${email.disclosure}=` }],
    ['no JSON', record, { ...email, disclosure: 'AAAA' }],
    ['two parts', record, { ...email, disclosure: Buffer.from('["salt","email"]').toString('base64url') }],
    ['a weaker algorithm', record.replace('"sha-256"', '"md5"'), email],
    ['no algorithm', record.replace(',"_sd_alg":"sha-256"', ''), email],
    ['a record that has the member', record.replace('{"_sd":', '{"email":"x","_sd":'), email],
    ['no record', 'null', email],
  ])('is refused with %s', (_, line, disclosure) => {
    const report = verifyDisclosure(line, disclosure);
    expect(report.verdict).toBe('broken');
    expect(report.value).toBeUndefined();
  });
});

describe('writing a pack', () => {
  it('refuses records out of order, beyond the checkpoint, of another log, and what is no record', async () => {
    for (const items of [
      itemsAt(log, [5, 4]),
      itemsAt(log, [5, 5]),
      [{ record: makeRecord(700, 'rr-a', '') }],
      [{ record: (log.lines[3] ?? '').replace('"log_id":"default"', '"log_id":"other"') }],
      [{ record: `${log.lines[3]}\n` }],
      [{ record: '{}' }],
    ]) {
      await expect(packOf(log, range(0, 700), items)).rejects.toSatisfy(isIntegrityError);
    }
  });
});

function disclosureOf(pointer: string, value: unknown): Disclosure {
  const text = JSON.stringify(['2GLC42sKQveCfGfryNRN9w', pointer.split('/').at(-1), value]);
  return { pointer, disclosure: Buffer.from(text).toString('base64url') };
}
