import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Spool } from './spool.ts';
import { drain, peekAll } from './spool-drain.test-support.ts';
import { runSpoolModel } from './spool-model.test-support.ts';

/** A spool of one kind, with entries of at most 1,000 bytes and a clock that stands at 2026-01-02T03:04:05.678Z. */
export interface ConformanceSubject {
  readonly spool: Spool;
  /** Closes it and opens what it left; for spools that survive that. */
  readonly reopen?: () => Promise<Spool>;
}

/** The time at which everything happens in the conformance suite. */
export const conformanceTimeMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** States what every spool guarantees, whatever it keeps its entries in. */
export function describeSpool(name: string, create: () => Promise<ConformanceSubject>): void {
  const keys = (entries: readonly { readonly key: string }[]): string[] => entries.map(({ key }) => key);

  describe(`${name}, like every spool,`, () => {
    it('returns what was appended, unchanged and in order, until it is acknowledged', async () => {
      const { spool } = await create();
      const texts = ['{"a":1}', '', 'Grüße, 世界 🚀', '\ufeff with a mark', 'x'.repeat(1_000)];
      for (const [index, text] of texts.entries()) {
        expect(spool.append({ key: `key-${index}`, text })).toEqual({
          status: 'appended',
          sequence: index + 1,
        });
      }
      const expected = texts.map((text, index) => ({
        sequence: index + 1,
        key: `key-${index}`,
        text,
        appendedAtMs: conformanceTimeMs,
      }));
      expect(await peekAll(spool)).toEqual(expected);
      expect(await drain(spool, { entriesMax: 2 })).toEqual(expected);
      expect(await peekAll(spool)).toEqual([]);
    });

    it('keeps text that is no Unicode as close to it as UTF-8 can', async () => {
      const { spool } = await create();
      spool.append({ key: 'key', text: 'lone \ud800 half' });
      expect((await peekAll(spool))[0]?.text).toBe('lone \ufffd half');
    });

    it('returns no more than asked for, but at least one entry', async () => {
      const { spool } = await create();
      for (let index = 0; index < 5; index += 1) spool.append({ key: `${index}`, text: 'x'.repeat(100) });
      expect(await peekAll(spool, { entriesMax: 3 })).toHaveLength(3);
      expect(await peekAll(spool, { bytesMax: 250 })).toHaveLength(2);
      expect(await peekAll(spool, { bytesMax: 200 })).toHaveLength(2);
      expect(await peekAll(spool, { bytesMax: 1 })).toHaveLength(1);
    });

    it('lets entries leave in any order, and each once', async () => {
      const { spool } = await create();
      for (const key of ['a', 'b', 'c', 'd']) spool.append({ key, text: key });
      const [a, b, c, d] = await spool.peek({ entriesMax: 4, bytesMax: 1_000 });
      if (!a || !b || !c || !d) throw new Error('four entries wait');
      spool.acknowledge([c]);
      expect(keys(await peekAll(spool))).toEqual(['a', 'b', 'd']);
      spool.acknowledge([a, c, a]);
      expect(spool.statistics()).toMatchObject({ entries: 2, firstSequence: 2 });
      spool.acknowledge([d, b]);
      expect(spool.statistics()).toMatchObject({ entries: 0, bytes: 0, firstSequence: 5, nextSequence: 5 });
    });

    it('buries an entry as a dead letter that says why', async () => {
      const { spool } = await create();
      for (const key of ['a', 'b/é', 'c']) spool.append({ key, text: `text of ${key}` });
      const [, second] = await spool.peek({ entriesMax: 3, bytesMax: 1_000 });
      if (!second) throw new Error('three entries wait');
      await spool.bury(second, { reason: 'invalid', detail: 'the server refuses it' });
      expect(keys(await peekAll(spool))).toEqual(['a', 'c']);
      expect(spool.statistics()).toMatchObject({ entries: 2, deadLetters: 1 });
      expect(await spool.deadLetters()).toEqual([
        {
          id: '0000000000000002-b/é',
          sequence: 2,
          key: 'b/é',
          reason: 'invalid',
          detail: 'the server refuses it',
          text: 'text of b/é',
          appendedAt: '2026-01-02T03:04:05.678Z',
          diedAt: '2026-01-02T03:04:05.678Z',
        },
      ]);
    });

    it('refuses what is too long, to the byte', async () => {
      const { spool } = await create();
      const refused = { status: 'refused', reason: 'too_large' };
      expect(spool.append({ key: 'k', text: 'x'.repeat(1_001) })).toEqual(refused);
      expect(spool.append({ key: 'k', text: `${'x'.repeat(997)}🚀` })).toEqual(refused);
      expect(spool.append({ key: 'k', text: '世'.repeat(10_000) })).toEqual(refused);
      expect(spool.append({ key: 'é'.repeat(128), text: '' })).toEqual(refused);
      expect(spool.append({ key: `${'é'.repeat(127)}x`, text: `${'x'.repeat(996)}🚀` })).toMatchObject({
        status: 'appended',
      });
      expect(spool.statistics()).toMatchObject({ entries: 1, nextSequence: 2 });
    });

    it('refuses appends when it is closed, and closes twice as well as once', async () => {
      const { spool } = await create();
      spool.append({ key: 'a', text: 'a' });
      await spool.close();
      expect(spool.append({ key: 'b', text: 'b' })).toEqual({ status: 'refused', reason: 'closed' });
      await expect(spool.close()).resolves.toBeUndefined();
    });

    it('does what a list would do, whatever is asked of it', async () => {
      await fc.assert(runSpoolModel(create), { numRuns: 40 });
    });
  });
}
