import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseExactJson } from './parse-exact-json.ts';

it.each(['9007199254740993', '-9223372036854775807', '123456789012345678901234567890'])(
  'keeps every digit of %s',
  (text) => {
    expect(JSON.stringify(parseExactJson(`{"a":[${text}]}`))).toBe(`{"a":[${text}]}`);
  },
);

it('finds a long integer wherever it stands', () => {
  for (let before = 0; before < 40; before += 1) {
    const text = `["${'x'.repeat(before)}",9007199254740993]`;
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  }
});

it.each([
  '1.7976931348623157e+308',
  '123456789012345680000',
  '0.1234567890123456',
  '1234567890123456',
  'null',
  '"1234567890123456"',
])('reads %s as JSON.parse does', (text) => {
  expect(parseExactJson(text)).toStrictEqual(JSON.parse(text));
});

it('reads everything that JavaScript writes as JSON.parse does', () => {
  const number = fc.oneof(
    fc.double(),
    fc.maxSafeInteger(),
    fc.double({ min: 1e15, max: 1e22 }).map(Math.round),
  );
  const value = fc.oneof(fc.jsonValue(), fc.array(number));
  fc.assert(
    fc.property(value, (any) => {
      const text = JSON.stringify(any);
      expect(parseExactJson(text)).toStrictEqual(JSON.parse(text));
    }),
  );
});
