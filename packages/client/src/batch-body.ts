import type { SpoolEntry } from '@audit/spool';
import type { TransportBatch } from './transport.ts';

const openingBracket = 0x5b;
const comma = 0x2c;
const closingBracket = 0x5d;

/** Joins entries to the body of a request: `[`, the payloads with commas between, `]`. Nothing is decoded. */
export function toBatch(entries: readonly SpoolEntry[]): TransportBatch {
  const bytes = entries.reduce((sum, { payload }) => sum + payload.length, 0);
  const body = Buffer.allocUnsafe(bytes + framingBytes(entries.length));
  let offset = 0;
  for (const { payload } of entries) {
    body[offset] = offset === 0 ? openingBracket : comma;
    body.set(payload, offset + 1);
    offset += 1 + payload.length;
  }
  body[offset] = closingBracket;
  return { body, eventIds: entries.map(({ key }) => key) };
}

/** Bytes of a body beside its payloads: a bracket or comma before each, and the last bracket. */
export function framingBytes(events: number): number {
  return events + 1;
}
