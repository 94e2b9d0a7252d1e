import { describe, expect, it } from 'vitest';
import { type Disclosure, leafHash, verifyDisclosure, verifyExport, verifyPack } from './index.ts';
import { keys, readVector } from './sample-log.test-support.ts';

const log = JSON.parse(readVector('log.json')) as {
  root: string;
  leafHashes: Record<string, string>;
  disclosures: Disclosure[];
};
const lines = readVector('log.jsonl').split('\n').slice(0, -1);
const trust = { keys: [keys.log.verifierKey], witnesses: [keys.witness.verifierKey] };

// Whoever holds an old pack must be able to verify it: these files are never made anew.
describe('what was made before', () => {
  it('is proven: the log', async () => {
    const report = await verifyExport([readVector('log.jsonl')], {
      checkpoint: readVector('log.checkpoint'),
      trust,
    });
    expect(report).toMatchObject({
      verdict: 'proven',
      records: 300,
      correlations: 7,
      checkpoint: { checkpoint: { root: log.root }, witnessedBy: [{ timestamp: 1_768_381_200 }] },
    });
    for (const [sequence, hash] of Object.entries(log.leafHashes)) {
      expect(leafHash(lines[Number(sequence)] ?? '')).toBe(hash);
    }
  });

  it.each([
    ['range.pack', { records: 31, purged: 4, purgedBy: [280], disclosures: 2 }],
    ['redacted.pack', { records: 31, purged: 4, disclosures: 0 }],
    ['correlation.pack', { records: 43, manifest: { population: { closed_by: 290 } } }],
    ['filter.pack', { records: 42 }],
    ['sample.pack', { records: 6 }],
  ])('is proven: %s', async (name, found) => {
    expect(await verifyPack([readVector(name)], { trust })).toMatchObject({ verdict: 'proven', ...found });
  });

  it('is proven: values that were withheld', () => {
    const reports = log.disclosures.map((disclosure) => verifyDisclosure(lines[12] ?? '', disclosure));
    expect(reports.map(({ value }) => value)).toEqual(['ada@example.org', '+49 30 1234567']);
  });

  it('holds the records of the log, byte for byte', () => {
    const records = readVector('range.pack')
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(records).toEqual(lines.slice(5, 40).toSpliced(15, 4));
  });
});
