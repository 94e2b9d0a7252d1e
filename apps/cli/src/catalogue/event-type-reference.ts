import { contractCatalogue } from '@audit/schema';
import { eventTitles } from '@audit/trail';
import { z } from 'zod';

/** What the contract says of an event type. */
export interface EventTypeReference {
  readonly type: string;
  /** What it tells, in words. */
  readonly title: string;
  readonly service: string;
  readonly category: string;
  readonly action: string;
  readonly outcomes: readonly string[];
  readonly members: readonly MemberReference[];
}

/** A member of a payload. */
export interface MemberReference {
  /** Name, those of inner objects behind a dot; `[]` stands for each element of a list. */
  readonly name: string;
  /** Its kind, or the values that it takes. */
  readonly kind: string;
  readonly isRequired: boolean;
}

/** Describes an event type of the contract; undefined for any other. */
export function describeEventType(type: string): EventTypeReference | undefined {
  const entry = contractCatalogue.find(type);
  if (entry === undefined) return undefined;
  const { action, category, outcomes, service } = entry.definition;
  const schema = z.toJSONSchema(entry.payload, { io: 'input', unrepresentable: 'any' });
  const title = titles.get(type) ?? type;
  return { type, title, service, category, action, outcomes, members: membersOf(schema, '') };
}

const titles: ReadonlyMap<string, string> = new Map(Object.entries(eventTitles));

type JsonSchema = z.core.JSONSchema.BaseSchema;

function membersOf(
  { properties = {}, required = [] }: JsonSchema,
  prefix: string,
): readonly MemberReference[] {
  return Object.entries(properties).flatMap(([name, schema]): readonly MemberReference[] => {
    // Says nothing that the type does not.
    if (typeof schema === 'boolean' || (prefix === '' && name === 'event_type')) return [];
    const path = `${prefix}${name}`;
    const own = { name: path, kind: kindOf(schema), isRequired: required.includes(name) };
    const { element, isList } = elementOf(schema);
    return [own, ...membersOf(element, `${path}${isList ? '[]' : ''}.`)];
  });
}

function elementOf(schema: JsonSchema): { readonly element: JsonSchema; readonly isList: boolean } {
  const { items } = schema;
  const isList = typeof items === 'object' && !Array.isArray(items);
  return isList ? { element: items, isList } : { element: schema, isList };
}

function kindOf(schema: JsonSchema): string {
  const { const: only, enum: values, format, items, type } = schema;
  if (values !== undefined) return values.map(String).join(' | ');
  if (only !== undefined) return String(only);
  if (type === 'array' && typeof items === 'object' && !Array.isArray(items))
    return `list of ${kindOf(items)}`;
  if (type === 'object' && schema.properties === undefined) return 'map';
  return [type ?? 'any', format === undefined ? '' : `(${format})`].join(' ').trim();
}
