import { unseenCharacter } from '@audit/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

const limits = { charsMax: 10, linesMax: 2 };

it.each([
  ['', { text: '', rest: 0 }],
  ['one\ntwo', { text: 'one\ntwo', rest: 0 }],
  ['one\r\ntwo', { text: 'one\ntwo', rest: 0 }],
  ['a\nb\nc', { text: 'a\nb', rest: 2 }],
  ['0123456789ab', { text: '0123456789', rest: 2 }],
  ['\ta', { text: '  a', rest: 0 }],
  ['\u001b[2J', { text: String.raw`\u{1b}[2J`, rest: 0 }],
  ['\u202eevil', { text: String.raw`\u{202e}evil`, rest: 0 }],
])('of %j it shows %j', (text, cut) => {
  expect(cutText(text, limits)).toEqual(cut);
});

it('never lets through what a browser obeys or hides, but line breaks', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(anyText, fc.nat(60), fc.integer({ min: 1, max: 5 }), (given, charsMax, linesMax) => {
      const { text, rest } = cutText(given, { charsMax, linesMax });
      expect(unseenCharacter.test(text.replaceAll('\n', ''))).toBe(false);
      expect(text.split('\n').length).toBeLessThanOrEqual(linesMax);
      expect(rest).toBeGreaterThanOrEqual(0);
    }),
  );
});
