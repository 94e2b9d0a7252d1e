/**
 * The rule an event breaks.
 *
 * - `missing`, `unknown_member`, `wrong_type`, `wrong_value`, `wrong_format`, `out_of_range`: the contract's schemas
 * - `unknown_event_type`, `type_mismatch`, `category_mismatch`: the event table
 * - `unstorable_text`: NUL or half a surrogate pair; `reserved_name`: a member name the record format keeps for itself
 * - `too_deep`, `too_large`: the limits of an event
 * - `out_of_time`: the event's time is outside what the server takes
 * - `conflict`: the event id is stored with other content
 */
export type EventIssueCode =
  | 'missing'
  | 'unknown_member'
  | 'wrong_type'
  | 'wrong_value'
  | 'wrong_format'
  | 'out_of_range'
  | 'unknown_event_type'
  | 'type_mismatch'
  | 'category_mismatch'
  | 'unstorable_text'
  | 'reserved_name'
  | 'too_deep'
  | 'too_large'
  | 'out_of_time'
  | 'conflict';

/** One fault of an event. */
export interface EventIssue {
  readonly code: EventIssueCode;
  /** JSON pointer (RFC 6901) to the member, from the top of the event. */
  readonly pointer: string;
  /** What the contract asks for. */
  readonly expected: string;
  /** What came, shortened. */
  readonly received: string;
  /** The fault in one sentence. */
  readonly message: string;
}

/** Makes an issue; the sentence is built from the parts. */
export function eventIssue(parts: Omit<EventIssue, 'message'>): EventIssue {
  const place = parts.pointer === '' ? 'the event' : parts.pointer;
  return { ...parts, message: `${place}: expected ${parts.expected}, received ${parts.received}` };
}

/** Writes a path as JSON pointer (RFC 6901, section 3). */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const excerptCharsMax = 80;

/** Shows a received value in a few words. */
export function describeReceived(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `${JSON.stringify(shorten(value))}${lengthNote(value)}`;
  return typeof value === 'function' ? 'a function' : shorten(String(value));
}

function shorten(text: string): string {
  return text.length > excerptCharsMax ? `${text.slice(0, excerptCharsMax)}…` : text;
}

function lengthNote(text: string): string {
  return text.length > excerptCharsMax ? ` (${text.length} characters)` : '';
}
