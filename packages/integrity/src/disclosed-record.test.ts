import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Disclosure, disclosureDigest, leafHash, verifyExport } from './index.ts';
import { checkpointOf, keys, logOf, makeRecord } from './sample-log.test-support.ts';

const disclosures: readonly Disclosure[] = ['actor_id', 'user_name'].map((name) => {
  const text = JSON.stringify(['2GLC42sKQveCfGfryNRN9w', name, `ada@example.org ${'é'.repeat(300)}`]);
  return { pointer: `/${name}`, disclosure: Buffer.from(text).toString('base64url') };
});
const concealed = {
  _sd: disclosures.map(({ disclosure }) => disclosureDigest(disclosure)).sort(),
  _sd_alg: 'sha-256',
};
const first = makeRecord(0, 'rr-a', '', concealed);
const second = makeRecord(1, 'rr-b', '', concealed);
const third = makeRecord(2, 'rr-a', leafHash(first));
const [actor = '', user = ''] = disclosures.map((disclosure) => `#disclosure ${JSON.stringify(disclosure)}`);
const purged = `#purged ${JSON.stringify({ sequence: 0, event_hash: leafHash(first), by_sequence: 2 })}`;
const checkpoint = await checkpointOf(logOf([first, second, third]));
const fileOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const verify = (pieces: readonly (string | Uint8Array)[]) =>
  verifyExport(pieces, { checkpoint, trust: { keys: [keys.log.verifierKey] } });

describe('an export with disclosures', () => {
  it('verifies each against the record before it, however the file is cut', async () => {
    const bytes = Buffer.from(fileOf([first, actor, user, second, user, third]));
    const lengths = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lengths, async (cuts) => {
        const pieces: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const end = at + (cuts[turn % cuts.length] ?? 1);
          // Whoever reads a file may use its buffer again.
          pieces.push(Buffer.from(bytes.subarray(at, end)));
          at = end;
        }
        expect(await verify(pieces)).toMatchObject({
          verdict: 'consistent_unwitnessed',
          records: 3,
          disclosures: 3,
          failure: undefined,
        });
      }),
      { numRuns: 100 },
    );
  });

  it('says that they were verified, and nothing of it where there are none', async () => {
    const statement = 'the records vouch for the 1 disclosed values';
    const checksOf = async (lines: readonly string[]) => (await verify([fileOf(lines)])).checks;
    expect(await checksOf([first, actor, second, third])).toContainEqual({ statement, outcome: 'holds' });
    const plain = await checksOf([first, second, third]);
    expect(plain.filter((check) => check.statement.includes('disclosed'))).toEqual([]);
  });

  it.each([
    ['a value of another record', [first, second, third, actor], 4, 'disclosure_mismatch'],
    ['a value that was changed', [first, actor.replace('"WyIy', '"WyIz')], 2, 'disclosure_mismatch'],
    [
      'a value of another member',
      [first, actor.replace('/actor_id', '/user_name')],
      2,
      'disclosure_mismatch',
    ],
    ['a value before any record', [actor, first], 1, 'malformed_line'],
    ['a value of a purged record', [purged, actor], 2, 'malformed_line'],
    ['a line that is no disclosure', [first, '#disclosure ["/actor_id"]'], 2, 'malformed_line'],
    ['a line of another word', [first, '#count {}'], 2, 'malformed_record'],
    ['text that is no JSON', [first, '#disclosure {'], 2, 'malformed_record'],
  ])('is broken by %s, at its line', async (_, lines, line, code) => {
    expect(await verify([fileOf(lines)])).toMatchObject({ verdict: 'broken', failure: { code, line } });
  });
});
