import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentJson, jsonLine } from './json.ts';

const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('jsonLine', () => {
  it('is one line that says the same, without characters that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = jsonLine({ text });
        expect(obeyed.test(line.trimEnd())).toBe(false);
        expect(JSON.parse(line)).toEqual({ text });
      }),
    );
  });
});

describe('indentJson', () => {
  it('keeps numbers, repeated members and escapes as they were', () => {
    const text = '{"a":[1.10,12345678901234567890,{}],"a":"\\u001b \\" [x]: {y}, z","e":[]}';
    expect(indentJson(text)).toMatchInlineSnapshot(`
      "{
        "a": [
          1.10,
          12345678901234567890,
          {}
        ],
        "a": "\\u001b \\" [x]: {y}, z",
        "e": []
      }"
    `);
  });

  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('makes a text that is not JSON harmless', () => {
    expect(indentJson('{"a":\u001b[2J')).toBe('{"a":\\u001b[2J');
  });

  it('does not grow without bound on nothing but brackets', () => {
    const depth = 5_000;
    expect(indentJson('['.repeat(depth) + ']'.repeat(depth)).length).toBeLessThan(depth * 200);
  });
});
