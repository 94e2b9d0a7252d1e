/** The parts of the bundled OpenAPI document that the generators read. */
export interface SpecDocument {
  readonly info: { readonly version: string };
  readonly components: { readonly schemas: Readonly<Record<string, SpecSchema>> };
}

/** A schema of the document; payloads carry the facts about their events. */
export interface SpecSchema {
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly items?: SpecSchema;
  /** Schema of the values of a map; a boolean says whether there are other members. */
  readonly additionalProperties?: boolean | SpecSchema;
  readonly nullable?: boolean;
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly description?: string;
  readonly 'x-pii'?: string;
  /** Values of other members with which the member is personal data; without it, it always is. */
  readonly 'x-pii-when'?: Readonly<Record<string, string>>;
  readonly 'x-audit-service'?: string;
  readonly 'x-audit-events'?: Readonly<Record<string, SpecEvent>>;
}

/** What the document says of one event type. */
export interface SpecEvent {
  readonly category: string;
  readonly action: string;
  readonly outcomes: readonly string[];
  /** Set when the service itself is the only one to emit it. */
  readonly emitted_by?: 'server';
  readonly actor: { readonly type: string; readonly id: string };
  readonly resource: { readonly type: string; readonly id: string } | null;
  /** Where the correlation id comes from. */
  readonly correlation: string;
  /** One sentence. */
  readonly when: string;
  /** What the event gives to the RemediationRequest that is rebuilt from a correlation, by the path of the member. */
  readonly 'x-reconstruct'?: Readonly<Record<string, SpecSource>>;
}

/** Where a member of a rebuilt object comes from: a member of the event, by dotted path, or a word that is always the same. */
export interface SpecSource {
  readonly from?: string;
  /** Member to take when the first is absent. */
  readonly else?: string;
  /** Words that became other ones. */
  readonly as?: Readonly<Record<string, string>>;
  readonly value?: string;
}

/** One event type with everything the table needs. */
export interface EventFacts extends SpecEvent {
  readonly type: string;
  readonly service: string;
  /** Name of the table that lists it: the service's, or one beside it for what only the server emits. */
  readonly table: string;
  readonly payload: string;
  readonly builder: string;
}

/** Lists the event types of the document in its own order. */
export function eventFacts(document: SpecDocument): EventFacts[] {
  return Object.entries(document.components.schemas).flatMap(([payload, schema]) =>
    Object.entries(schema['x-audit-events'] ?? {}).map(([type, event]) => {
      const service =
        schema['x-audit-service'] ?? fail(`${payload} has x-audit-events but no x-audit-service`);
      const table = event.emitted_by === undefined ? service : `${service}-${event.emitted_by}`;
      return { ...event, type, payload, service, table, builder: builderName(type) };
    }),
  );
}

/** Derives the builder's name: the event type without its first segment, in camel case. */
function builderName(type: string): string {
  const rest = type.includes('.') ? type.slice(type.indexOf('.') + 1) : type;
  return rest.replace(/[._](\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function fail(message: string): never {
  throw new Error(message);
}
