import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasSoundStructure, structureIssues } from './structure-issues.ts';

const unit = fc.constantFrom('a', 'é', '😀', '\u0000', '\ud800', '\udc00');
const name = fc.oneof(
  fc.string({ unit, maxLength: 2 }),
  fc.constantFrom('_sd', '_sd_alg', '...', '__proto__'),
);
const single = fc.oneof(name, fc.double(), fc.boolean(), fc.constant(null));

const { value: anyMember } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    single,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(toObject),
  ),
}));

it('a structure is sound exactly when there is nothing to say against it', () => {
  let sound = 0;
  const event = fc.tuple(name, anyMember, fc.nat({ max: 11 })).map(([key, value, depth]) => {
    return toObject([[key, wrapped(value, depth)]]);
  });
  fc.assert(
    fc.property(event, (value) => {
      const issues = structureIssues(value);
      sound += issues.length === 0 ? 1 : 0;
      expect(hasSoundStructure(value)).toBe(issues.length === 0);
    }),
    { numRuns: 3_000 },
  );
  expect(sound).toBeGreaterThan(0);
  expect(sound).toBeLessThan(3_000);
});

// JSON.parse makes a member of `__proto__`, an assignment would not.
function toObject(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

function wrapped(value: unknown, depth: number): unknown {
  return depth === 0 ? value : wrapped(depth % 2 === 0 ? [value] : { deeper: value }, depth - 1);
}
