import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { tamper } from '../test-support/tamper.ts';
import { examine, type Findings, type OutsiderName, outsiderNames } from './examine.ts';
import { openServer } from './open-server.ts';
import { buildSampleLog, purgeSample, type SampleLog } from './sample-log.ts';
import { restoreSnapshot } from './snapshots.ts';
import { storeTamperings } from './store-tamperings.ts';
import type { StoreTampering } from './tampering.ts';

const isThorough = process.env.AUDIT_CORPUS === 'thorough';
const quick: readonly string[] = ['start', 'witness', 'export', 'hashes', 'archive'];

/** Who looks at a case: all, or the quick ones and in turn one of those who need many requests and have to find it. */
function askedAbout({ found }: StoreTampering, turn: number): readonly OutsiderName[] {
  if (isThorough) return outsiderNames;
  const slow = outsiderNames.filter((name) => name in found && !quick.includes(name));
  const inTurn = slow[turn % slow.length];
  return outsiderNames.filter((name) => quick.includes(name) || name === inTurn);
}

let log: SampleLog;

beforeAll(async () => {
  log = await buildSampleLog(inject('postgresUrl'));
});

afterAll(() => log.close());

/** Tampers with a fresh copy of the log while a server runs on it, then has everybody look. */
async function findingsOf(does: StoreTampering['does'], asked: readonly OutsiderName[]): Promise<Findings> {
  await restoreSnapshot(log.database, 'sample');
  log.witness.seen = log.seen;
  const server = await openServer(log.database);
  try {
    const known = { ...log, checkpoints: [...log.checkpoints] };
    await (typeof does === 'function' ? does(known) : tamper(log.database, ...does));
    return await examine({ log: known, server }, asked);
  } finally {
    await server.close();
  }
}

it('a log that nobody touched is proven to all of them', async () => {
  expect(await findingsOf([], outsiderNames)).toEqual({});
});

it('a log whose partitions were purged in their time is proven to all of them', async () => {
  const purge = ({ database }: SampleLog) => purgeSample(database, () => Date.parse('2025-06-01T00:00:00Z'));
  expect(await findingsOf(purge, outsiderNames)).toEqual({});
});

describe.each(Object.entries(storeTamperings))('who owns the database and changes the %s', (_what, cases) => {
  const turns = cases
    .map((tampering, turn) => ({ ...tampering, asked: askedAbout(tampering, turn) }))
    .filter((_tampering, turn) => isThorough || turn % 2 === 0);

  it.each(turns)('$name: is found', async ({ does, found, asked }) => {
    const expected = asked.flatMap((name) => (name in found ? [[name, found[name]]] : []));
    expect(expected).not.toEqual([]);
    expect(await findingsOf(does, asked)).toEqual(Object.fromEntries(expected));
  });
});
