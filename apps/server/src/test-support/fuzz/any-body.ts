import fc from 'fast-check';
import { anyBroken } from './any-broken-value.ts';
import { anyEvent } from './any-event.ts';
import { anyValueOf } from './any-value.ts';
import type { ContractOperation, ContractSchema } from './contract.ts';

/** Any body for an operation: as the contract has it, broken in one place, or no JSON any more. */
export function anyBodyOf({ id, body }: ContractOperation, bodyBytesMax: number): fc.Arbitrary<Buffer> {
  if (body === undefined) return fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
  const value = bodyValue(id, body);
  const text = value.map((whole) => Buffer.from(JSON.stringify(whole)));
  const broken = anyBroken(value).map((whole) => Buffer.from(JSON.stringify(whole)));
  return fc.oneof(
    { weight: 10, arbitrary: text },
    { weight: 6, arbitrary: broken },
    { weight: 3, arbitrary: fc.tuple(text, fc.nat(), fc.constantFrom(...damages)).map(damage) },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(bodyBytesMax + 1, ' ')) },
  );
}

function bodyValue(id: string, schema: ContractSchema): fc.Arbitrary<unknown> {
  if (id === 'createAuditEvent') return anyEvent;
  if (id === 'createAuditEventsBatch') return fc.array(anyEvent, { minLength: 1, maxLength: 4 });
  return anyValueOf(schema);
}

type Damage = (text: Buffer, place: number) => Buffer;

const damages: readonly Damage[] = [
  (text, place) => text.subarray(0, place % text.length),
  (text, place) => Buffer.concat([text.subarray(0, place % text.length), Buffer.from([place % 256]), text]),
  (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]),
  (text) => Buffer.from(text.toString(), 'utf16le'),
  (text) => Buffer.concat([text, Buffer.from([0xff])]),
  // Every member twice.
  (text) => Buffer.from(text.toString().replace(/^\{(.+)\}$/s, '{$1,$1}')),
  () => Buffer.from('['.repeat(20_000)),
  () => Buffer.from('{"correlation_id":NaN,"reason":1e999}'),
  () => Buffer.alloc(0),
];

function damage([text, place, change]: [Buffer, number, Damage]): Buffer {
  return change(text, place);
}
