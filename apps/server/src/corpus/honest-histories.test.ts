import { createDatabase } from '@audit/environments';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { openTestWitness } from '../test-support/test-witness.ts';
import { checkLog, checkPacks, type Memory } from './histories/check-log.ts';
import { openHistory } from './histories/play-history.ts';
import { historyOf, type StoredEvent } from './histories/steps.ts';

const count = Number(process.env.AUDIT_CORPUS_HISTORIES ?? '100');
const seeds = Array.from({ length: count }, (_, at) => at);

let database: Database;
let witness: Awaited<ReturnType<typeof openTestWitness>>;
let logKey = '';

const trustKey = (key: string) => {
  logKey = key;
};

beforeAll(async () => {
  database = openPostgres({ url: await createDatabase(inject('postgresUrl')), onIdleError: () => {} });
  witness = await openTestWitness(() => logKey);
});

afterAll(async () => {
  witness.close();
  await database.close();
});

describe('an honest log is accused by nobody, and every count is right', () => {
  it.each(seeds)('history of seed %i', async (seed) => {
    const { filling, steps } = historyOf(seed);
    const log = await openHistory({ database, logId: `history-${seed}`, witness, trustKey });
    const memory: Memory = { checkpoints: [] };
    if (filling > 0) {
      const event: StoredEvent = {
        correlation: 'rr-1',
        text: 'plain',
        lateness: 0,
        person: null,
        ownDays: 1,
      };
      await log.take({ kind: 'store', events: Array.from({ length: filling }, () => event) });
    }
    for (const step of steps) {
      await (step.kind === 'verify' ? checkLog(log, memory) : log.take(step));
    }
    await checkLog(log, memory);
    await checkPacks(log);
    await log.close();
  });
});
