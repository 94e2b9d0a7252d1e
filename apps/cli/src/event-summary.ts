import { safeParseMembers } from './safe-parse-members.ts';

/** What a person recognises an event by. Members that are missing or no text are absent. */
export interface EventSummary {
  readonly event_id?: string;
  readonly event_type?: string;
  readonly correlation_id?: string;
  readonly event_timestamp?: string;
}

const eventNames = ['event_id', 'event_type', 'correlation_id', 'event_timestamp'] as const;

/** Reads what a person recognises an event by from its JSON; nothing from a text that is no JSON object. */
export function summariseEvent(text: string): EventSummary {
  return textsOf(safeParseMembers(text), eventNames);
}

function textsOf<Name extends string>(
  members: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = members[name];
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}
