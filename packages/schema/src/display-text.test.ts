import fc from 'fast-check';
import { expect, it } from 'vitest';
import { displayText } from './display-text.ts';

const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

it('shows what a terminal would obey', () => {
  expect(displayText('\u001b[2Jgone\r\n\u202etxt.exe\u0000\ud800')).toBe(
    '\\u{1b}[2Jgone\\u{d}\\u{a}\\u{202e}txt.exe\\u{0}\\u{d800}',
  );
});

it('leaves what people write', () => {
  expect(displayText('Zürich 東京 🚀 "rr-1"')).toBe('Zürich 東京 🚀 "rr-1"');
});

it('cuts what is too long, between characters', () => {
  expect(displayText('🚀🚀🚀🚀', 3)).toBe('🚀🚀…');
  expect(displayText('🚀🚀🚀', 3)).toBe('🚀🚀🚀');
});

it('never writes a character that a terminal obeys, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(obeyed.test(displayText(text))).toBe(false);
    }),
  );
});
