import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CorrelationHeads } from './correlation-heads.ts';
import { hexOfBytes } from './hex.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const viewOf = (text: string) => new DataView(new TextEncoder().encode(text).buffer);

/** Names that differ in length only, in one byte only, or in nothing but bytes that are zero. */
const name = fc.oneof(
  fc.nat(40).map((length) => 'x'.repeat(length)),
  fc.nat(40).map((length) => '\0'.repeat(length)),
  fc.tuple(fc.nat(30), fc.constantFrom('a', 'b', '\0')).map(([at, last]) => `${'x'.repeat(at)}${last}`),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

it('the table of heads holds what a map would hold, for names of any length and bytes', () => {
  const steps = fc.array(fc.tuple(name, fc.nat(7)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (taken) => {
      const heads = new CorrelationHeads();
      const expected = new Map<string, string>();
      taken.forEach(([text, offset], step) => {
        const bytes = Buffer.from(text);
        const padded = new Uint8Array(offset + bytes.length);
        padded.set(bytes, offset);
        const view = new DataView(padded.buffer);
        const key = bytes.toString('hex');
        const found = heads.find(view, offset, padded.length);
        expect(found >= 0).toBe(expected.has(key));
        const head = hashOf(`${step}`);
        heads.setHead(found >= 0 ? found : heads.add(view, offset, padded.length), viewOf(head), 0);
        expected.set(key, head);
      });
      const held = [...heads.entries()].map(({ name, head }) => [hexOfBytes(name), head]);
      expect(held).toEqual([...expected]);
    }),
    { numRuns: 300 },
  );
});

it('the table of heads keeps them while it grows', () => {
  const heads = new CorrelationHeads();
  const names = Array.from({ length: 5000 }, (_, at) =>
    new TextEncoder().encode(`rr-${'0'.repeat(at % 30)}${at}`),
  );
  for (const [at, bytes] of names.entries()) {
    heads.setHead(heads.add(new DataView(bytes.buffer), 0, bytes.length), viewOf(hashOf(`${at}`)), 0);
  }
  for (const [at, bytes] of names.entries()) {
    const entry = heads.find(new DataView(bytes.buffer), 0, bytes.length);
    const isHead = (hex: string) => heads.isHead(entry, viewOf(hex), 0);
    const hex = hashOf(`${at}`);
    expect(entry).toBe(at);
    expect(isHead(hex)).toBe(true);
    expect(isHead(hex.replace(/[a-f]/, (digit) => digit.toUpperCase()))).toBe(false);
    expect(isHead(`${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`)).toBe(false);
  }
});
