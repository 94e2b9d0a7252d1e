import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { framingBytes, toBatch } from './batch-body.ts';

it('is the JSON array of the payloads, byte by byte, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.json({ stringUnit: 'binary' }), { minLength: 1, maxLength: 20 }), (texts) => {
      const entries = texts.map((text, index) => ({
        sequence: index,
        key: `key-${index}`,
        payload: new TextEncoder().encode(text),
        appendedAtMs: 0,
      }));
      const { body, eventIds } = toBatch(entries);
      expect(new TextDecoder().decode(body)).toBe(
        `[${entries.map((entry) => new TextDecoder().decode(entry.payload)).join(',')}]`,
      );
      expect(eventIds).toEqual(entries.map(({ key }) => key));
      const payloadBytes = entries.reduce((sum, { payload }) => sum + payload.length, 0);
      expect(body.length).toBe(payloadBytes + framingBytes(entries.length));
    }),
  );
});
