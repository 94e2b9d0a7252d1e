/** What the contract says of events. */
export interface EventReference {
  readonly events: readonly EventEntry[];
  /** Payloads by name. */
  readonly payloads: Readonly<Record<string, Payload>>;
  /** Members of every event, the payload left out. */
  readonly envelope: readonly Field[];
}

/** What the contract says of one event type. */
export interface EventEntry {
  readonly type: string;
  readonly service: string;
  readonly category: string;
  readonly action: string;
  readonly outcomes: readonly string[];
  readonly actor: { readonly type: string; readonly id: string };
  /** Null when the server fills it in. */
  readonly resource: { readonly type: string; readonly id: string } | null;
  /** Where the correlation id comes from. */
  readonly correlation: string;
  /** One sentence. */
  readonly when: string;
  /** Name of its payload. */
  readonly payload: string;
  /** Whether the server alone emits it. */
  readonly isServersOwn: boolean;
}

/** What an event carries in `event_data`. */
export interface Payload {
  readonly description: string;
  readonly fields: readonly Field[];
}

/** A member of an event. */
export interface Field {
  /** From the object it is listed for: `recipients[].email`. */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** The values it can have, when they are few. */
  readonly values: readonly string[];
  readonly description: string;
  /** Class of the personal data that it holds. */
  readonly personal?: string;
  /** With which other member it does; absent when it always does. */
  readonly personalWhen?: string;
}
