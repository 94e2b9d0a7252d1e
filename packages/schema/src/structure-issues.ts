import { describeReceived, type EventIssue, eventIssue, toPointer } from './event-issue.ts';

/** Deepest nesting of `event_data`; the outermost object is level 1. */
export const eventDataDepthMax = 10;

/** Largest event as JSON text in UTF-8, in bytes. */
export const eventBytesMax = 262_144;

// Names that the record format uses for digests of salted disclosures (RFC 9901, section 4.2.4.1).
const reservedNames = new Set(['_sd', '_sd_alg', '...']);

/** Finds what no schema can say: text that cannot be stored, reserved names, too deep nesting of `event_data`. */
export function structureIssues(event: object): EventIssue[] {
  const issues: EventIssue[] = [];
  walk(event, [], 0, issues);
  return issues;
}

function walk(value: unknown, path: readonly PropertyKey[], depth: number, issues: EventIssue[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) issues.push(unstorableText(path, value));
  } else if (typeof value === 'object' && value !== null) {
    walkMembers(value, path, depth, issues);
  }
}

function walkMembers(value: object, path: readonly PropertyKey[], depth: number, issues: EventIssue[]): void {
  // The event itself is level 0 and event_data level 1.
  if (depth > eventDataDepthMax) {
    issues.push(tooDeep(path));
    return;
  }
  const isArray = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const child = Reflect.get(value, key);
    if (!isArray && !isStorable(key)) issues.push(unstorableText([...path, key], key));
    if (!isArray && reservedNames.has(key)) issues.push(reservedName([...path, key]));
    if (typeof child === 'string' || typeof child === 'object')
      walk(child, [...path, key], depth + 1, issues);
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function unstorableText(path: readonly PropertyKey[], text: string): EventIssue {
  return eventIssue({
    code: 'unstorable_text',
    pointer: toPointer(path),
    expected: 'Unicode text without NUL (U+0000) and without half a surrogate pair',
    received: describeReceived(text),
  });
}

function reservedName(path: readonly PropertyKey[]): EventIssue {
  return eventIssue({
    code: 'reserved_name',
    pointer: toPointer(path),
    expected: 'a member name other than _sd, _sd_alg and ...',
    received: describeReceived(path.at(-1)),
  });
}

function tooDeep(path: readonly PropertyKey[]): EventIssue {
  return eventIssue({
    code: 'too_deep',
    pointer: toPointer(path),
    expected: `at most ${eventDataDepthMax} levels of nesting in event_data`,
    received: `level ${eventDataDepthMax + 1} or deeper`,
  });
}
