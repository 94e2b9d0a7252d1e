import type { SpecSchema } from './spec-document.ts';

/** A schema as a compiler of JSON Schema takes it. */
export type PlainSchema = Readonly<Record<string, unknown>>;

/**
 * Brings a schema of the document to what compiled code needs: texts for people and our own keywords left out,
 * references by the bare name, and the bounds of integers, which the validators imply, written down.
 */
export function plainSchema(schema: SpecSchema): PlainSchema {
  const rules = Object.entries(schema)
    .filter(([keyword]) => !forPeople.has(keyword) && !keyword.startsWith('x-'))
    .map(([keyword, value]) => [keyword, plainKeyword(keyword, value)]);
  return withBounds(Object.fromEntries(rules));
}

const forPeople = new Set(['description', 'example', 'title']);

function plainKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case '$ref':
      return `/${String(value).split('/').at(-1)}`;
    case 'properties':
      // The document's types, checked by its linter, say what its keywords hold.
      return mapMembers(value as Readonly<Record<string, SpecSchema>>);
    case 'items':
      return plainSchema(value as SpecSchema);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : plainSchema(value as SpecSchema);
    case 'minLength':
      // Compiled code counts UTF-16 units, the contract characters: of these there may be half as many.
      return 2 * Number(value) - 1;
    default:
      return value;
  }
}

function mapMembers(members: Readonly<Record<string, SpecSchema>>): PlainSchema {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, plainSchema(schema)]));
}

// A number's format names its size; of floating point numbers a JSON reader knows one size only.
function withBounds({ format, ...schema }: PlainSchema): PlainSchema {
  if (schema.type === 'number') return schema;
  if (schema.type !== 'integer') return format === undefined ? schema : { ...schema, format };
  const [least, most] =
    format === 'int32' ? [-(2 ** 31), 2 ** 31 - 1] : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const { minimum = least, maximum = most } = schema;
  return { ...schema, minimum: Math.max(Number(minimum), least), maximum: Math.min(Number(maximum), most) };
}
