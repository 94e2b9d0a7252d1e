import fc from 'fast-check';
import { expect, it } from 'vitest';
import { purgeExpired } from '../retention/purge-expired.ts';
import type { Database } from '../store/database.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { days, stoppedAt } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { openLedger } from '../test-support/open-ledger.ts';

const principal = { id: 'anonymous' };
const correlation = fc.constantFrom('rr-1', 'rr-2', 'rr-3');
const person = fc.constantFrom('anna', 'priya');

const step = fc.oneof(
  fc.record({
    kind: fc.constant('store' as const),
    correlation,
    person,
    ownDays: fc.option(fc.constantFrom(1, 9_000)),
  }),
  fc.record({ kind: fc.constant('hold' as const), correlation }),
  fc.record({ kind: fc.constant('release' as const), correlation }),
  fc.record({ kind: fc.constant('purge' as const), days: fc.constantFrom(1, 400) }),
  fc.record({ kind: fc.constant('erase' as const), person, despiteHold: fc.boolean() }),
);

interface Held extends Record<string, unknown> {
  readonly sequence: string;
  readonly record: string;
}

async function hashes(database: Database): Promise<string[]> {
  const rows = await database.query<{ hash: string }>(
    "select encode(event_hash, 'hex') as hash from audit.records order by records.sequence",
  );
  return rows.map((row) => row.hash);
}

function heldRecords(database: Database): Promise<Held[]> {
  return database.query<Held>(
    `select records.sequence::text, record::text || coalesce(actor_id, '') as record from audit.records
     join audit.holds using (log_id, correlation_id) where released_sequence is null order by records.sequence`,
  );
}

function disclosuresUnderHold(database: Database): Promise<Record<string, unknown>[]> {
  return database.query(
    `select disclosures.sequence::text, disclosure from audit.disclosures
     join audit.records using (log_id, sequence) join audit.holds using (log_id, correlation_id)
     where released_sequence is null order by disclosures.sequence, pointer`,
  );
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A log, its clock and what is done to it. */
async function openHistory(database: Database) {
  const clock = stoppedAt('2012-01-01T00:00:00Z');
  const ledger = await openLedger(database, clock.now);
  const take = async (each: Step): Promise<unknown> => {
    switch (each.kind) {
      case 'store':
        return ledger.store({
          correlation_id: each.correlation,
          event_timestamp: new Date(clock.time).toISOString(),
          actor_type: 'user',
          actor_id: each.person,
          retention_days: each.ownDays,
        });
      case 'hold':
        return ledger.holds.place({ correlation_id: each.correlation, reason: 'Litigation.' }, principal);
      case 'release':
        return ledger.holds.release(each.correlation, 'Settled.', principal);
      case 'purge': {
        clock.time += days(each.days);
        const { ownEvents } = ledger;
        return purgeExpired({ database, logId: 'default', ownEvents, now: clock.now, batchRecords: 2 });
      }
      case 'erase': {
        const { person: subject, despiteHold } = each;
        return ledger.erase({ selector: { subject }, reason: 'Article 17.', despiteHold, principal });
      }
    }
  };
  return { take };
}

const mayTouchHeld = (each: Step) => each.kind === 'erase' && each.despiteHold;

describeDatabases('any history of holds, releases, purges and erasures', (open) => {
  it('keeps what is held, changes no hash, and leaves chains that verify', { timeout: 120_000 }, async () => {
    const histories = fc.array(step, { minLength: 4, maxLength: 14 });
    const property = fc.asyncProperty(histories, async (steps) => {
      const database = await open();
      const { take } = await openHistory(database);
      let known: string[] = [];
      for (const each of steps) {
        const held = [await heldRecords(database), await disclosuresUnderHold(database)];
        await take(each);
        const isSameHold = each.kind === 'purge' || each.kind === 'erase';
        if (isSameHold && !mayTouchHeld(each)) {
          expect([await heldRecords(database), await disclosuresUnderHold(database)]).toEqual(held);
        }
        const present = await hashes(database);
        expect(present.slice(0, known.length)).toEqual(known);
        known = present;
      }
      expect(await checkChain(database)).toBe(known.length);
      await database.close();
    });
    await fc.assert(property, { numRuns: 12 });
  });
});
