import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { LogVerifier, leafHash } from '@audit/integrity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { readVector, vectorKeys, vectorLines } from '../test-support/vector-log.ts';
import { findVerification, keepVerification, verificationFile } from './kept-verification.ts';

const key = vectorKeys.log;
const checkpoint = readVector('log.checkpoint');

function someState() {
  const verifier = new LogVerifier();
  verifier.push(`${vectorLines.slice(0, 20).join('\n')}\n`);
  verifier.addPurged({ sequence: 20, event_hash: leafHash('purged'), by_sequence: 200 });
  return verifier.state();
}

async function keepSome(): Promise<string> {
  const directory = temporaryDirectory();
  await keepVerification(directory, { key, checkpoint, state: someState() });
  return directory;
}

describe('a verification that is kept', () => {
  it('is found as it was, whatever the correlations are called', async () => {
    const directory = temporaryDirectory();
    const state = { ...someState(), heads: [['\u2028\r\n"\ufeff', leafHash('x')] as const] };
    const kept = { key, checkpoint, state };
    await keepVerification(directory, kept);
    expect(await findVerification(directory, key)).toEqual({ status: 'found', kept });
  });

  it('is not there before it is kept', async () => {
    expect(await findVerification(temporaryDirectory(), key)).toEqual({ status: 'none' });
  });

  it('is damaged after any change of a byte, a cut end, or more behind it', async () => {
    const directory = await keepSome();
    const file = verificationFile(directory, key);
    const bytes = readFileSync(file);
    const damaged = { status: 'damaged' };
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        writeFileSync(file, bytes.with(at, (bytes[at] ?? 0) ^ difference));
        expect(await findVerification(directory, key)).toEqual(damaged);
        writeFileSync(file, bytes.subarray(0, at));
        expect(await findVerification(directory, key)).toEqual(damaged);
      }),
      { numRuns: 100 },
    );
    writeFileSync(file, bytes);
    appendFileSync(file, '\n');
    expect(await findVerification(directory, key)).toEqual(damaged);
  });
});
