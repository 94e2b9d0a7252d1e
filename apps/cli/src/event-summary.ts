/** What a person recognises an event by. Members that are missing or no text are absent. */
export interface EventSummary {
  readonly event_id?: string;
  readonly event_type?: string;
  readonly correlation_id?: string;
  readonly event_timestamp?: string;
}

/** Reads what a person recognises an event by from its JSON; nothing from a text that is no JSON object. */
export function summariseEvent(text: string): EventSummary {
  const event = safeParseObject(text);
  return Object.fromEntries(
    (['event_id', 'event_type', 'correlation_id', 'event_timestamp'] as const).flatMap((name) => {
      const value = event[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function safeParseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // What is kept may be any text; it is shown without a summary then.
    return {};
  }
}
