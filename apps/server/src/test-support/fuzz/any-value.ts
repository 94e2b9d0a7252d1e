import fc from 'fast-check';
import { type ContractSchema, resolveSchema } from './contract.ts';

/** Ids that recur, so that requests meet what others stored. */
export const knownIds: readonly string[] = Array.from(
  { length: 40 },
  (_, index) => `019bbbad-4606-7c83-8695-a8e7c71762${index.toString(16).padStart(2, '0')}`,
);

const knownCorrelations = ['rr-1', 'rr-2', 'rr/3', 'rr 4%', 'export:default'];
const knownPeople = ['ada@example.com', 'Grace "Amazing" Hopper'];

const known: Readonly<Record<string, readonly string[]>> = {
  correlation_id: knownCorrelations,
  event_id: knownIds,
  parent_event_id: knownIds,
  actor_id: knownPeople,
  actor_type: ['user', 'service'],
  subject: knownPeople,
  since: ['7d', '2026-01-01', '2026-01-14T08:44:13Z'],
  until: ['1h', '2026-12-31', '2026-01-14T08:44:13.702+01:00'],
  pointer: ['/actor_id', '/event_data/approved_by'],
  index: ['000', '000.p/1', 'x001/000'],
  level: ['0', '1', 'entries'],
};

/**
 * Any value that a schema of the contract allows.
 * @param name of the member or parameter; some have values that mean something to the service
 */
export function anyValueOf(schema: ContractSchema, name = ''): fc.Arbitrary<unknown> {
  const resolved = resolveSchema(schema);
  const value = anyPresent(resolved, name);
  return resolved.nullable === true ? fc.option(value) : value;
}

function anyPresent(schema: ContractSchema, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map((one) => anyValueOf(one, name)));
  if (schema.type === 'object') return anyObject(schema);
  if (schema.type === 'array') return anyArray(schema, name);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return anyInteger(schema);
  if (schema.type === 'number') return anyNumber(schema);
  return anyText(schema, name);
}

function anyObject({ properties = {}, required = [], additionalProperties }: ContractSchema) {
  const members = Object.entries(properties).map(([name, schema]) => [name, anyValueOf(schema, name)]);
  // The entries were made of names and arbitraries just above.
  const model = Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>;
  const listed = fc.record(model, { requiredKeys: [...required] });
  if (additionalProperties === undefined || additionalProperties === false) return listed;
  const further = additionalProperties === true ? fc.jsonValue() : anyValueOf(additionalProperties);
  return fc.tuple(listed, fc.dictionary(fc.string(), further, { maxKeys: 3 })).map(([first, second]) => ({
    ...second,
    ...first,
  }));
}

function anyArray({ items = {}, minItems = 0, maxItems = 4 }: ContractSchema, name: string) {
  return fc.array(anyValueOf(items, name), { minLength: minItems, maxLength: Math.min(maxItems, 4) });
}

function anyInteger({
  minimum = Number.MIN_SAFE_INTEGER,
  maximum = Number.MAX_SAFE_INTEGER,
}: ContractSchema) {
  const small = fc.integer({ min: minimum, max: Math.min(maximum, Math.max(minimum, 0) + 40) });
  return fc.oneof({ weight: 3, arbitrary: small }, fc.constantFrom(minimum, maximum));
}

function anyNumber({ minimum = -1e9, maximum = 1e9 }: ContractSchema) {
  return fc.double({ min: minimum, max: maximum, noNaN: true });
}

function anyText(schema: ContractSchema, name: string): fc.Arbitrary<string> {
  const free = anyFreeText(schema);
  const values = known[name];
  return values === undefined ? free : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, free);
}

function anyFreeText({
  format,
  pattern,
  minLength = 0,
  maxLength = 60,
}: ContractSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date-time') return anyTime;
  if (format === 'date') return anyTime.map((time) => time.slice(0, 10));
  if (format === 'uri') return fc.webUrl();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const short = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 60) });
  return fc.oneof({ weight: 5, arbitrary: short }, fc.constant('x'.repeat(maxLength)));
}

const anyTime = fc
  .date({ min: new Date(0), max: new Date('2026-01-31T00:00:00Z'), noInvalidDate: true })
  .map((time) => time.toISOString());
