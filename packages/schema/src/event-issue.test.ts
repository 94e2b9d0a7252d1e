import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeReceived, toPointer } from './event-issue.ts';

describe('toPointer', () => {
  it.each([
    [[], ''],
    [['event_data', 'results', 0, 'name'], '/event_data/results/0/name'],
    [['a/b', 'm~n', ''], '/a~1b/m~0n/'],
  ])('writes %j as %j', (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
  });

  it('can be read back, as RFC 6901 section 4 says', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (path) => {
        const [, ...parts] = toPointer(path).split('/');
        expect(parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))).toEqual(path);
      }),
    );
  });
});

describe('describeReceived', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [false, 'false'],
    [1.5, '1.5'],
    [12n, '12'],
    ['', '""'],
    ['a"b\n', '"a\\"b\\n"'],
    [[1, 2], 'an array of 2'],
    [{ a: 1 }, 'an object'],
    [() => 1, 'a function'],
    [Symbol('x'), 'Symbol(x)'],
    ['x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['x'.repeat(81), `"${'x'.repeat(80)}…" (81 characters)`],
  ])('says %o in a few words', (value, words) => {
    expect(describeReceived(value)).toBe(words);
  });

  it('is short whatever comes', () => {
    expect(describeReceived(10n ** 5000n).length).toBeLessThan(100);
  });
});
