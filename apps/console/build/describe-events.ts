import { eventFacts, type SpecDocument, type SpecSchema } from '@audit/codegen/spec-document';
import type { EventEntry, EventReference, Field } from '../src/pages/catalogue/event-reference.ts';

/** Takes what the catalogue shows out of the contract. */
export function describeEvents(document: SpecDocument): EventReference {
  const { schemas } = document.components;
  const facts = eventFacts(document);
  const payloads = [...new Set(facts.map(({ payload }) => payload))];
  return {
    events: facts.map(
      ({
        type,
        service,
        category,
        action,
        outcomes,
        actor,
        resource,
        correlation,
        when,
        payload,
        emitted_by,
      }): EventEntry => ({
        ...{ type, service, category, action, outcomes, actor, resource, correlation, when, payload },
        isServersOwn: emitted_by === 'server',
      }),
    ),
    payloads: Object.fromEntries(
      payloads.map((name) => [
        name,
        {
          description: oneLine(schemas[name]?.description),
          fields: fieldsOf(document, schemas[name] ?? {}, '', [name]),
        },
      ]),
    ),
    envelope: fieldsOf(
      document,
      { ...schemas.AuditEventRequest, properties: withoutPayload(schemas.AuditEventRequest) },
      '',
      [],
    ),
  };
}

function withoutPayload(envelope: SpecSchema | undefined): Readonly<Record<string, SpecSchema>> {
  const { event_data: _payload, ...properties } = envelope?.properties ?? {};
  return properties;
}

/** Members of an object and of the objects in it, each by its path; a schema within itself is named only. */
function fieldsOf(
  document: SpecDocument,
  object: SpecSchema,
  prefix: string,
  within: readonly string[],
): Field[] {
  const required = new Set(object.required);
  return Object.entries(object.properties ?? {}).flatMap(([name, member]) => {
    const path = prefix + name;
    const resolved = resolve(document, member);
    const field: Field = { path, isRequired: required.has(name), ...describe(document, member) };
    const inner = resolve(document, resolved.schema.items ?? resolved.schema);
    const names = [resolved.name, inner.name].filter((each) => each !== undefined);
    if (names.some((each) => within.includes(each))) return [field];
    const suffix = resolved.schema.items === undefined ? '.' : '[].';
    return [field, ...fieldsOf(document, inner.schema, path + suffix, [...within, ...names])];
  });
}

function describe(document: SpecDocument, member: SpecSchema): Omit<Field, 'path' | 'isRequired'> {
  const { schema } = resolve(document, member);
  const personal = schema['x-pii'];
  const [condition] = Object.entries(schema['x-pii-when'] ?? {});
  return {
    type: typeText(document, member),
    values: (schema.items === undefined ? schema : resolve(document, schema.items).schema).enum ?? [],
    description: oneLine(member.description ?? schema.description),
    ...(personal !== undefined && { personal }),
    ...(condition !== undefined && { personalWhen: condition.join(' is ') }),
  };
}

function typeText(document: SpecDocument, member: SpecSchema): string {
  const { schema } = resolve(document, member);
  const orNull = schema.nullable === true ? ' or null' : '';
  if (schema.items !== undefined) return `array of ${typeText(document, schema.items)}${orNull}`;
  if (schema.type === undefined) return 'any JSON';
  if (typeof schema.additionalProperties === 'object') {
    return `map of ${typeText(document, schema.additionalProperties)}${orNull}`;
  }
  return `${schema.type}${schema.format === undefined ? '' : ` (${schema.format})`}${orNull}`;
}

interface Resolved {
  readonly schema: SpecSchema;
  /** Undefined for a schema without a name of its own. */
  readonly name?: string;
}

function resolve(document: SpecDocument, schema: SpecSchema): Resolved {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return { schema };
  return { schema: document.components.schemas[name] ?? {}, name };
}

function oneLine(text = ''): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
