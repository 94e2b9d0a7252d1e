import { expect, it } from 'vitest';
import { onlyKnown } from './only-known.ts';

it('onlyKnown leaves out what is undefined, null or an empty text', () => {
  expect(onlyKnown({ a: undefined, b: null, c: '' })).toStrictEqual({});
});

it('onlyKnown keeps everything else, the values that look empty included', () => {
  const known = { zero: 0, no: false, blank: ' ', list: [], map: {} };
  expect(onlyKnown(known)).toStrictEqual(known);
});
