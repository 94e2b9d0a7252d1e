import { describe, expect, it } from 'vitest';
import { createUuidSource } from './uuid-v7.ts';

const nowMs = Date.UTC(2026, 0, 15);

function timeOf(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

function take(count: number, next: () => string): string[] {
  return Array.from({ length: count }, next);
}

describe('a UUID source', () => {
  it('makes UUIDs of version 7 with the time of the call', () => {
    const uuid = createUuidSource()(nowMs);
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(timeOf(uuid)).toBe(nowMs);
  });

  it('never makes one twice and ascends, also when a millisecond has more than it has room for', () => {
    const next = createUuidSource();
    const uuids = take(10_000, () => next(nowMs));
    expect(uuids).toEqual(uuids.toSorted());
    expect(new Set(uuids).size).toBe(10_000);
    expect(timeOf(uuids.at(-1) ?? '')).toBeLessThanOrEqual(nowMs + 5);
  });

  it('ascends from millisecond to millisecond', () => {
    const next = createUuidSource();
    const uuids = Array.from({ length: 1_000 }, (_, index) => next(nowMs + Math.floor(index / 3)));
    expect(uuids).toEqual(uuids.toSorted());
  });

  it('ascends when the clock is set back a little, and takes the new time when it is set back far', () => {
    const next = createUuidSource();
    const before = next(nowMs);
    const after = next(nowMs - 10_000);
    expect(after > before).toBe(true);
    expect(timeOf(next(nowMs - 86_400_000))).toBe(nowMs - 86_400_000);
  });

  it('shares nothing with another source', () => {
    const [first, second] = [createUuidSource(), createUuidSource()];
    const uuids = take(2_000, () => first(nowMs)).concat(take(2_000, () => second(nowMs)));
    expect(new Set(uuids.map((uuid) => uuid.slice(19))).size).toBe(4_000);
  });

  it('draws every random bit', () => {
    const next = createUuidSource();
    const tails = take(2_000, () => next(nowMs).slice(19).replaceAll('-', ''));
    const bits = tails.map((tail) => BigInt(`0x${tail}`));
    const ones = bits.reduce((seen, value) => seen | value, 0n);
    const zeros = bits.reduce((seen, value) => seen | ~value, 0n);
    const randomBits = 2n ** 62n - 1n;
    expect([ones & randomBits, zeros & randomBits]).toEqual([randomBits, randomBits]);
  });
});
