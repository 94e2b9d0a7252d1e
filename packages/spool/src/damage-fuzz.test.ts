import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDamagedSpool, checkDamagedSpool } from './damaged-spool.test-support.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

// `pnpm --filter @audit/spool fuzz` damages far more spools than the tests have time for.
const casesMax = Number(process.env.AUDIT_SPOOL_FUZZ_CASES ?? 150);

it(
  'a damaged spool opens, yields every undamaged entry once and in order, keeps the rest in quarantine, and works on',
  async () => {
    const root = temporaryDirectory();
    let cases = 0;
    let damages = 0;
    await fc.assert(
      fc.asyncProperty(anyDamagedSpool, async (given) => {
        cases += 1;
        damages += given.damages.length;
        const directory = join(root, String(cases));
        await checkDamagedSpool(directory, given);
        rmSync(directory, { recursive: true });
      }),
      { numRuns: casesMax },
    );
    expect(cases).toBe(casesMax);
    if (casesMax > 1_000) console.log(`${cases} spools, ${damages} damages`);
  },
  60_000 + casesMax * 100,
);
