import { IntegrityError } from './integrity-error.ts';

const digits = '0123456789abcdef';

const pairs = Array.from({ length: 256 }, (_, byte) => `${digits[byte >> 4]}${digits[byte & 15]}`);

const hexValues = new Uint8Array(256);
for (let value = 0; value < digits.length; value++) hexValues[digits.charCodeAt(value)] = value;

/** Writes bytes as lower-case hex. */
export function hexOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += pairs[byte];
  return text;
}

/** Reads lower-case hex; anything else is refused. */
export function bytesOfHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new IntegrityError('malformed', 'not lower-case hex');
  const bytes = new Uint8Array(text.length / 2);
  writeHex(text, bytes, 0);
  return bytes;
}

/** Writes the bytes of a text that is known to be lower-case hex. */
export function writeHex(text: string, target: Uint8Array, offset: number): void {
  for (let at = 0; at < text.length; at += 2) {
    const high = hexValues[text.charCodeAt(at)] ?? 0;
    const low = hexValues[text.charCodeAt(at + 1)] ?? 0;
    target[offset + at / 2] = (high << 4) | low;
  }
}

/** Tells whether a value is a hash as this package writes it: 64 lower-case hex digits. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
