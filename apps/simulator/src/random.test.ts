import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, uuidAt } from './random.ts';

describe('createRandom', () => {
  it('gives the same values for the same seed', () => {
    const draw = (seed: string) => {
      const random = createRandom(seed);
      return [random.hex(8), random.integer(1, 1000), random.pick(['a', 'b', 'c'])];
    };
    expect(draw('1')).toStrictEqual(draw('1'));
    expect(draw('1')).not.toStrictEqual(draw('2'));
  });

  it('keeps its first values for ever', () => {
    const random = createRandom('1');
    expect([random.hex(8), random.integer(0, 9), random.hex(12)]).toMatchInlineSnapshot(`
      [
        "c5532282",
        3,
        "e9348026dce8",
      ]
    `);
  });

  it('stays within the range', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (seed, min, size) => {
        const value = createRandom(seed).integer(min, min + size);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(min + size);
      }),
    );
  });
});

describe('uuidAt', () => {
  it('writes a UUIDv7 that begins with its time', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 2 ** 48 - 1 }), (seed, timeMs) => {
        const uuid = uuidAt(timeMs, createRandom(seed));
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(uuid.slice(0, 13).replace('-', ''), 16)).toBe(timeMs);
      }),
    );
  });
});
