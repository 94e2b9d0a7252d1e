import { safeParseMembers } from './safe-parse-members.ts';

/** What a person recognises an event by. Members that are missing or no text are absent. */
export interface EventSummary {
  readonly event_id?: string;
  readonly event_type?: string;
  readonly correlation_id?: string;
  readonly event_timestamp?: string;
}

/** What a person recognises a record by. */
export interface RecordSummary extends EventSummary {
  /** Position in the log. */
  readonly sequence: number;
  readonly event_outcome?: string;
}

const eventNames = ['event_id', 'event_type', 'correlation_id', 'event_timestamp'] as const;

/** Reads what a person recognises an event by from its JSON; nothing from a text that is no JSON object. */
export function summariseEvent(text: string): EventSummary {
  return textsOf(safeParseMembers(text), eventNames);
}

/** Reads what a person recognises a record by from its line; undefined when the line has no position in a log. */
export function summariseRecord(text: string): RecordSummary | undefined {
  const record = safeParseMembers(text);
  const { sequence } = record;
  if (typeof sequence !== 'number') return undefined;
  return { sequence, ...textsOf(record, [...eventNames, 'event_outcome']) };
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
