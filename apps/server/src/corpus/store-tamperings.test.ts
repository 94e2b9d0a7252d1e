import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { tamper } from '../test-support/tamper.ts';
import { examine, type Findings } from './examine.ts';
import { openServer } from './open-server.ts';
import { buildSampleLog, type SampleLog } from './sample-log.ts';
import { restoreSnapshot } from './snapshots.ts';
import { storeTamperings } from './store-tamperings.ts';
import type { StoreTampering } from './tampering.ts';

// That the others find nothing takes as long again.
const isThorough = process.env.AUDIT_CORPUS === 'thorough';

let log: SampleLog;

beforeAll(async () => {
  log = await buildSampleLog(inject('postgresUrl'));
});

afterAll(() => log.close());

/** Tampers with a fresh copy of the log while a server runs on it, then has everybody look. */
async function findingsOf(does: StoreTampering['does'], asked?: readonly string[]): Promise<Findings> {
  await restoreSnapshot(log.database, 'sample');
  log.witness.seen = log.seen;
  const server = await openServer(log.databaseUrl);
  try {
    const known = { ...log, checkpoints: [...log.checkpoints] };
    await (typeof does === 'function' ? does(known) : tamper(log.database, ...does));
    return await examine({ log: known, server }, asked);
  } finally {
    await server.close();
  }
}

it('a log that nobody touched is proven to all of them', async () => {
  expect(await findingsOf([])).toEqual({});
});

describe.each(Object.entries(storeTamperings))('who owns the database and changes the %s', (_what, cases) => {
  it.each(cases)('$name: is found', async ({ does, found }) => {
    expect(Object.keys(found)).not.toEqual([]);
    expect(
      await findingsOf(does, isThorough ? undefined : ['export', 'hashes', ...Object.keys(found)]),
    ).toEqual(found);
  });
});
