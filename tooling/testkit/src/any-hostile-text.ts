import fc from 'fast-check';

/**
 * Any text a cluster may hand over: arbitrary code units, half surrogate pairs among them, and the texts that tend to
 * break what keeps them.
 * @param words texts that mean something to the service under test, such as its phases
 */
export function anyHostileText(...words: readonly string[]): fc.Arbitrary<string> {
  const anyCodeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
  return fc.oneof(
    fc.string({ unit: anyCodeUnit, maxLength: 600, size: 'max' }),
    fc.constantFrom('', '\u0000', '\uD800', '__proto__', '_sd', 'x'.repeat(300), ...words),
  );
}
