import { contractCatalogue } from '@audit/schema';
import fc from 'fast-check';
import { anyValueOf } from './any-value.ts';
import { resolveSchema, schemaNamed } from './contract.ts';

const producerTypes = contractCatalogue.types.filter(
  (type) => contractCatalogue.find(type)?.definition.emittedBy === undefined,
);

const { event_data: _selected, ...members } = schemaNamed('AuditEventRequest').properties ?? {};
const anyEnvelope = anyValueOf({ type: 'object', properties: members, required: requiredMembers() });

/** Any event that a producer may write: schemas alone do not say which category and payload a type has. */
export const anyEvent: fc.Arbitrary<unknown> = fc.oneof(...producerTypes.map(anyEventOf));

/** Any event of one type of the contract. */
export function anyEventOf(type: string): fc.Arbitrary<unknown> {
  return fc.tuple(anyEnvelope, anyPayload(type)).map(([envelope, payload]) => ({
    // A value of an object schema is an object.
    ...(envelope as object),
    event_type: type,
    event_category: contractCatalogue.find(type)?.definition.category,
    event_data: { ...(payload as object), event_type: type },
  }));
}

function requiredMembers(): string[] {
  return schemaNamed('AuditEventRequest').required?.filter((name) => name !== 'event_data') ?? [];
}

function anyPayload(type: string): fc.Arbitrary<unknown> {
  const payloads = schemaNamed('AuditEventData').oneOf?.map(resolveSchema) ?? [];
  const payload = payloads.find(({ properties }) => properties?.event_type?.enum?.includes(type));
  if (payload === undefined) throw new Error(`the contract has no payload for ${type}`);
  return anyValueOf(payload);
}
