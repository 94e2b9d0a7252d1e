import { specSchema } from './contract.test-support.ts';

/** A schema as OpenAPI 3.0 or JSON Schema writes it. */
export type Notation = Readonly<Record<string, unknown>>;

// What is for people, what zod repeats in other words, and the discriminator, which oneOf() reads.
const dropped = new Set(['$schema', 'description', 'discriminator', 'propertyNames', 'anyOf', 'const']);

const comparedFormats: readonly unknown[] = ['uuid', 'date-time', 'date', 'uri'];

/**
 * Brings the contract's OpenAPI 3.0 and the JSON Schema of a validator to one form, in which equal schemas are equal
 * data: references resolved, text for people left out, and one way to write null, constants, alternatives and bounds.
 */
export function normaliseSchema(schema: Notation): Notation {
  if (typeof schema.$ref === 'string') return normaliseSchema(specSchema(schema.$ref) as Notation);
  const plain = Object.entries({ ...foldNull(schema), ...foldConstant(schema), ...foldAlternatives(schema) })
    .filter(([keyword]) => !dropped.has(keyword) && !keyword.startsWith('x-'))
    .map(([keyword, value]) => [keyword, normaliseKeyword(keyword, value)]);
  return withoutImpliedBounds(withoutImpliedPattern(Object.fromEntries(plain)));
}

// JSON Schema: null among the types or in anyOf. OpenAPI 3.0: nullable.
function foldNull(schema: Notation): Notation {
  if (Array.isArray(schema.type) && schema.type[1] === 'null') {
    return { ...schema, type: schema.type[0], nullable: true };
  }
  if (!Array.isArray(schema.anyOf)) return schema;
  const [inner, none] = schema.anyOf;
  if (schema.anyOf.length !== 2 || none.type !== 'null')
    throw new Error(`unexpected ${JSON.stringify(schema)}`);
  return { ...inner, nullable: true };
}

function foldConstant(schema: Notation): Notation {
  return 'const' in schema ? { enum: [schema.const] } : {};
}

// OpenAPI names the alternatives by a mapping from the discriminator's values; zod has one alternative for each value.
function foldAlternatives({ discriminator }: Notation): Notation {
  if (discriminator === undefined) return {};
  const { mapping, propertyName } = discriminator as {
    mapping: Record<string, string>;
    propertyName: string;
  };
  return {
    oneOf: Object.entries(mapping).map(([value, reference]) => {
      const { properties, ...rest } = specSchema(reference);
      return { ...rest, properties: { ...properties, [propertyName]: { type: 'string', enum: [value] } } };
    }),
  };
}

function normaliseKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'properties':
      return mapMembers(value as Record<string, Notation>, normaliseSchema);
    case 'oneOf':
      return (value as Notation[]).map(normaliseSchema);
    case 'items':
      return normaliseSchema(value as Notation);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : normaliseFreeMembers(value as Notation);
    case 'required':
      return [...(value as string[])].sort();
    default:
      return value;
  }
}

function normaliseFreeMembers(schema: Notation): Notation | true {
  return Object.keys(schema).length === 0 ? true : normaliseSchema(schema);
}

// zod writes beside a format the pattern by which it checks it.
function withoutImpliedPattern({ format, ...schema }: Notation): Notation {
  if (!comparedFormats.includes(format))
    return { ...schema, ...(format === 'int32' ? int32Bounds(schema) : {}) };
  const { pattern: _implied, ...rest } = schema;
  return { ...rest, format };
}

function int32Bounds({ minimum = -(2 ** 31), maximum = 2 ** 31 - 1 }: Notation): Notation {
  return { minimum, maximum };
}

// zod keeps integers within what a JavaScript number can count.
function withoutImpliedBounds({ minimum, maximum, ...schema }: Notation): Notation {
  const bounds = {
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
  return { ...schema, ...bounds };
}

function mapMembers<Value, Mapped>(
  members: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, map(value)]));
}
