import { expect, it } from 'vitest';
import { disclosureSalt } from './disclosure-salt.ts';

it('gives 128 bits as base64url, and none twice', () => {
  const salts = Array.from({ length: 2_000 }, () => disclosureSalt());
  expect(new Set(salts).size).toBe(salts.length);
  expect(salts.filter((salt) => !/^[\w-]{21}[AQgw]$/.test(salt))).toEqual([]);
});
