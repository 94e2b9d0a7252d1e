import { IntegrityError } from './integrity-error.ts';
import { tileWidth } from './tiles.ts';

/** Largest entry that a bundle can hold. Larger records are in the log and its tiles, but in no bundle. */
export const bundledEntryBytesMax = 65_535;

const prefixBytes = 2;

/**
 * Writes an entry bundle: each entry after its length in two bytes, big-endian (C2SP tlog-tiles, "Log entries").
 * @returns undefined when an entry is longer than {@link bundledEntryBytesMax}
 */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> | undefined {
  if (entries.length === 0 || entries.length > tileWidth) {
    throw new IntegrityError('out_of_range', 'a bundle has 1 to 256 entries');
  }
  if (entries.some((entry) => entry.length > bundledEntryBytesMax)) return undefined;
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + prefixBytes + entry.length, 0));
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    view.setUint16(at, entry.length);
    bundle.set(entry, at + prefixBytes);
    at += prefixBytes + entry.length;
  }
  return bundle;
}

/** Reads the entries of a bundle, as views of its bytes. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const begin = at + prefixBytes;
    const end = begin <= bundle.length ? begin + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bundle.length)
      throw new IntegrityError('malformed', `the bundle ends within entry ${entries.length}`);
    entries.push(bundle.subarray(begin, end));
    at = end;
  }
  if (entries.length === 0 || entries.length > tileWidth) {
    throw new IntegrityError('malformed', `a bundle has 1 to 256 entries, not ${entries.length}`);
  }
  return entries;
}
