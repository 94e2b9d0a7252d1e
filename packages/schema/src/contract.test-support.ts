import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EventType } from './generated/openapi-types.ts';

/** A schema of the contract, as far as tests read it. */
export interface SpecSchema {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly required?: readonly string[];
  readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> };
  readonly oneOf?: readonly SpecSchema[];
  readonly 'x-audit-events'?: Readonly<Record<string, unknown>>;
}

const specs = new URL('../../../specs/', import.meta.url);

/** The schemas of the bundled contract, by name. */
export const specSchemas: Readonly<Record<string, SpecSchema>> = parse(
  readFileSync(new URL('data-storage-v1.yaml', specs), 'utf8'),
).components.schemas;

/** Finds a schema of the contract by its name or by a reference to it. */
export function specSchema(reference: string): SpecSchema {
  const name = reference.split('/').at(-1) ?? reference;
  const schema = specSchemas[name];
  if (schema === undefined) throw new Error(`the contract has no schema ${name}`);
  return schema;
}

/** Names of the schemas that describe payloads. */
export const payloadNames: readonly string[] = Object.keys(specSchemas).filter(
  (name) => specSchema(name)['x-audit-events'] !== undefined,
);

/** The event types the contract lists. */
// The types are generated from the same list; contract.test.ts compares them with the event table.
export const eventTypes = specSchema('EventType').enum as readonly EventType[];

/** An event as plain data that a test may change. */
export interface ExampleEvent {
  [member: string]: unknown;
  event_data: Record<string, unknown>;
}

/** Reads a fresh copy of an event type's valid or invalid example. */
export function readExample(type: EventType, kind: 'valid' | 'invalid' = 'valid'): ExampleEvent {
  return readExampleFile(`${type}.${kind}.json`) as ExampleEvent;
}

/** Where each invalid example is wrong. */
export const expectedFaults = readExampleFile('invalid.expected.json') as Readonly<
  Record<EventType, { readonly pointer: string }>
>;

function readExampleFile(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`examples/${name}`, specs), 'utf8'));
}
