import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64OfBytes, base64urlOfBytes, safeBytesOfBase64, safeBytesOfBase64url } from './base64.ts';

it('Base 64 is that of Node, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      expect(base64OfBytes(bytes)).toBe(buffer.toString('base64'));
      expect(base64urlOfBytes(bytes)).toBe(buffer.toString('base64url'));
      expect(safeBytesOfBase64(buffer.toString('base64'))).toEqual(bytes);
      expect(safeBytesOfBase64url(buffer.toString('base64url'))).toEqual(bytes);
    }),
  );
});

it('Base 64 has one text for one value: whatever is read is written again as it was', () => {
  const text = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.array(fc.constantFrom('A', 'B', '/', '=', '==', ' ')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (any) => {
      const bytes = safeBytesOfBase64(any);
      if (bytes !== undefined) expect(base64OfBytes(bytes)).toBe(any);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  'A',
  'AA',
  'AAA',
  'AAAAA',
  '=',
  '==',
  '====',
  'A===',
  'AB==',
  'AAB=',
  'AA=A',
  'AA A',
  'AAA\n',
  'AAAĀ',
])('%j is no Base 64', (text) => {
  expect(safeBytesOfBase64(text)).toBeUndefined();
});
