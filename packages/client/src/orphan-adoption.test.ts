import { createMemorySpool, type SpoolReceiver } from '@audit/spool';
import { describe, expect, it } from 'vitest';
import { Counters } from './counters.ts';
import { ManualClock } from './manual-clock.test-support.ts';
import { adoptionIntervalMs, OrphanAdoption } from './orphan-adoption.ts';

function setUp(adopt: (into: SpoolReceiver) => Promise<number>, occupiedBytesMax = 1_000_000) {
  const clock = new ManualClock();
  const counters = new Counters();
  const spool = createMemorySpool();
  const rest = { isIdle: true };
  const failures: string[] = [];
  const adoption = new OrphanAdoption({
    spool,
    counters,
    clock,
    adopt,
    occupiedBytesMax,
    isIdle: () => rest.isIdle,
    onAccepted: () => {},
    onFailure: ({ message }) => failures.push(message),
  });
  return { clock, counters, spool, rest, failures, adoption };
}

describe('the adoption of orphans', () => {
  it('looks at start, and every 30 s while nothing waits for delivery', async () => {
    const looks: number[] = [];
    const { adoption, clock, rest } = setUp(async () => {
      looks.push(clock.monotonicMs());
      return 0;
    });
    adoption.start();
    expect(looks).toEqual([]);
    await clock.advance(adoptionIntervalMs);
    expect(looks).toEqual([0, adoptionIntervalMs]);
    rest.isIdle = false;
    await clock.advance(10 * adoptionIntervalMs);
    expect(looks).toHaveLength(2);
    rest.isIdle = true;
    await clock.advance(adoptionIntervalMs);
    expect(looks).toHaveLength(3);
  });

  it('counts every entry in the step that appends it', async () => {
    const { adoption, clock, counters, spool } = setUp(async (into) => {
      for (const key of ['a', 'b', 'c']) {
        into.append({ key, text: '{}' });
        expect(counters).toMatchObject({ emitted: counters.recovered, spooled: spool.statistics().entries });
      }
      return 3;
    });
    adoption.start();
    await clock.advance(0);
    expect(counters).toMatchObject({ emitted: 3, recovered: 3, spooled: 3 });
  });

  it('leaves room for what this process emits', async () => {
    const outcomes: string[] = [];
    const { adoption, clock } = setUp(async (into) => {
      for (const key of ['a', 'b', 'c']) outcomes.push(into.append({ key, text: 'x'.repeat(60) }).status);
      return 2;
    }, 100);
    adoption.start();
    await clock.advance(0);
    expect(outcomes).toEqual(['appended', 'appended', 'refused']);
  });

  it('tells when it fails, and tries again later', async () => {
    let looks = 0;
    const { adoption, clock, failures } = setUp(async () => {
      looks += 1;
      throw new Error('permission denied');
    });
    adoption.start();
    await clock.advance(adoptionIntervalMs);
    expect(looks).toBe(2);
    expect(failures[0]).toMatchInlineSnapshot(
      `"audit events of a dead process could not be taken over, and are tried again later: permission denied"`,
    );
  });

  it('takes nothing more when it is stopped, and uses the spool no longer then', async () => {
    let release = () => {};
    const outcomes: string[] = [];
    const { adoption, clock } = setUp(async (into) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      outcomes.push(into.append({ key: 'a', text: '{}' }).status);
      return 0;
    });
    adoption.start();
    await clock.advance(0);
    const stopping = adoption.stop().then(() => outcomes.push('stopped'));
    release();
    await stopping;
    expect(outcomes).toEqual(['refused', 'stopped']);
    await clock.advance(10 * adoptionIntervalMs);
    expect(outcomes).toHaveLength(2);
  });
});
