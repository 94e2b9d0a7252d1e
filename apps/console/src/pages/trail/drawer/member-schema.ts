/** What the contract says of a value: its description, and the same of what is in it. */
export interface MemberSchema {
  readonly description?: string;
  /** Kind of personal data that it holds. */
  readonly personal?: string;
  /** The member of this name. */
  readonly member: (name: string) => MemberSchema;
  /** Any item, when it is a list. */
  readonly item: () => MemberSchema;
}

/** What is said of a value that the contract does not have. */
export const unknownSchema: MemberSchema = { member: () => unknownSchema, item: () => unknownSchema };

/** Finds what a contract says of a record with this event type; of what it does not have it says nothing. */
export function recordSchema(contract: unknown, eventType: string): MemberSchema {
  const record = schemaOf(contract, at(contract, 'components', 'schemas', 'AuditRecord'));
  const mapping = at(
    contract,
    'components',
    'schemas',
    'AuditEventData',
    'discriminator',
    'mapping',
    eventType,
  );
  const payload = typeof mapping === 'string' ? schemaOf(contract, { $ref: mapping }) : unknownSchema;
  return { ...record, member: (name) => (name === 'event_data' ? payload : record.member(name)) };
}

function schemaOf(contract: unknown, given: unknown): MemberSchema {
  const own = resolved(contract, given);
  const description = at(given, 'description') ?? at(own, 'description');
  const personal = at(given, 'x-pii') ?? at(own, 'x-pii');
  return {
    ...(typeof description === 'string' && { description }),
    ...(typeof personal === 'string' && { personal }),
    member: (name) => schemaOf(contract, at(own, 'properties', name)),
    item: () => schemaOf(contract, at(own, 'items')),
  };
}

// References of the bundled document name a schema of its own.
function resolved(contract: unknown, schema: unknown): unknown {
  const reference = at(schema, '$ref');
  if (typeof reference !== 'string') {
    const [first] = listOf(at(schema, 'allOf'));
    return first === undefined ? schema : resolved(contract, first);
  }
  return at(contract, ...reference.replace(/^#\//, '').split('/'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, name) =>
      typeof current === 'object' && current !== null && Object.hasOwn(current, name)
        ? Reflect.get(current, name)
        : undefined,
    value,
  );
}
