const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const invalid = -1;
const values = new Int8Array(256).fill(invalid);
for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;

const chunkBytes = 8192;

/** Writes bytes as Base 64 (RFC 4648, section 4). */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(text);
}

/**
 * Reads Base 64 (RFC 4648, section 4), only as {@link base64OfBytes} writes it: padded, without spaces, unused bits zero.
 * One value has one text, so a signed text cannot be altered without altering its value. Undefined for anything else.
 */
export function safeBytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const whole = text.length - (padding === 0 ? 0 : 4);
  let written = 0;
  for (let at = 0; at < whole; at += 4) {
    const high = (valueAt(text, at) << 6) | valueAt(text, at + 1);
    const low = (valueAt(text, at + 2) << 6) | valueAt(text, at + 3);
    if ((high | low) < 0) return undefined;
    bytes[written++] = high >> 4;
    bytes[written++] = (high << 4) | (low >> 8);
    bytes[written++] = low;
  }
  return padding === 0 || readPadded(text, whole, padding, bytes) ? bytes : undefined;
}

/** Reads the last four characters, of which one or two are padding. */
function readPadded(text: string, at: number, padding: number, bytes: Uint8Array): boolean {
  const third = padding === 1 ? valueAt(text, at + 2) : 0;
  const bits = (valueAt(text, at) << 12) | (valueAt(text, at + 1) << 6) | third;
  if (bits < 0) return false;
  bytes[bytes.length - (padding === 1 ? 2 : 1)] = bits >> 10;
  if (padding === 1) bytes[bytes.length - 1] = bits >> 2;
  // What is left over of the last digit stands for nothing, so it must be zero.
  return (bits & (padding === 1 ? 0x3 : 0x3ff)) === 0;
}

/** Value of a digit; negative for any other character. */
function valueAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? invalid;
}

/** Writes bytes as base64url without padding (RFC 4648, section 5), as SD-JWT does. */
export function base64urlOfBytes(bytes: Uint8Array): string {
  return base64OfBytes(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads base64url without padding; undefined for anything else. */
export function safeBytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return safeBytesOfBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4));
}
