import { expect, it } from 'vitest';
import { bytesText } from './bytes-text.ts';

it.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1_024, '1.0 KiB'],
  [4_404_019, '4.2 MiB'],
  [4_294_967_296, '4.0 GiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
