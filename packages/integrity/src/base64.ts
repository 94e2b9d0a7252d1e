const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const invalid = 255;
const values = new Uint8Array(256).fill(invalid);
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
  const end = text.length - padding;
  let bits = 0;
  let held = 0;
  let written = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const value = code < values.length ? (values[code] ?? invalid) : invalid;
    if (value === invalid) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[written++] = held >> bits;
  }
  // What is left over of the last digit stands for nothing, so it must be zero.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
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
