import fc from 'fast-check';

/** Any value with one thing about it changed: a member or an element replaced, removed or added. */
export function anyBroken(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.nat(), anyHostileValue, fc.constantFrom(...changes))
    .map(([whole, place, hostile, change]) => {
      const copy = structuredClone(whole);
      const holders = holdersOf(copy);
      const holder = holders[place % Math.max(holders.length, 1)];
      if (holder === undefined) return hostile;
      change(holder, place, hostile);
      return copy;
    });
}

/** Values that tend to break what reads them. */
const anyHostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, '', -1, 1e308, 2 ** 53, '\u0000', '\uD800', 'x'.repeat(5_000), nested(200), [], {}),
);

type Holder = Record<string, unknown>;
type Change = (holder: Holder, place: number, hostile: unknown) => void;

const changes: readonly Change[] = [
  (holder, place, hostile) => {
    const key = keyAt(holder, place);
    if (key !== undefined) holder[key] = hostile;
  },
  (holder, place) => {
    const key = keyAt(holder, place);
    if (key !== undefined) delete holder[key];
  },
  (holder, place, hostile) => {
    const name = ['further', '__proto__', 'constructor', ''][place % 4] ?? '';
    // Assigned, `__proto__` would be no member.
    Object.defineProperty(holder, name, {
      value: hostile,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  },
];

function keyAt(holder: Holder, place: number): string | undefined {
  const keys = Object.keys(holder);
  return keys[place % Math.max(keys.length, 1)];
}

// Objects and arrays, the outermost first: both are changed by their keys.
function holdersOf(value: unknown): Holder[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return [holder, ...Object.values(holder).flatMap(holdersOf)];
}

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
}
