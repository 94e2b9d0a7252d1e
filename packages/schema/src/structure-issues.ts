import { describeReceived, type EventIssue, eventIssue, toPointer } from './event-issue.ts';
import { reservedNames } from './reserved-names.ts';
import { isStorableText } from './storable-text.ts';

/** Deepest nesting of `event_data`; the outermost object is level 1. */
export const eventDataDepthMax = 10;

/** Largest event as JSON text in UTF-8, in bytes. */
export const eventBytesMax = 262_144;

/** Finds what no schema can say: text and numbers that cannot be stored, reserved names, too deep nesting of `event_data`. */
export function structureIssues(event: object): EventIssue[] {
  const issues: EventIssue[] = [];
  checkMembers(event, undefined, 0, issues);
  return issues;
}

/**
 * Whether {@link structureIssues} finds nothing in an event; tells it in less time.
 * @param event made of JSON values, such as `JSON.parse` returns
 */
export function hasSoundStructure(event: object): boolean {
  return isSound(event, 0);
}

function isSound(value: object, level: number): boolean {
  if (level > eventDataDepthMax) return false;
  if (Array.isArray(value)) return value.every((item) => isSoundMember(item, level));
  // Inherited names are looked at too: that may refuse too much, and overlooks nothing.
  for (const name in value) {
    if (reservedNames.has(name) || !isStorableText(name)) return false;
    if (!isSoundMember((value as Readonly<Record<string, unknown>>)[name], level)) return false;
  }
  return true;
}

function isSoundMember(member: unknown, level: number): boolean {
  if (typeof member === 'string') return isStorableText(member);
  if (typeof member === 'number') return Number.isFinite(member);
  return typeof member !== 'object' || member === null || isSound(member, level + 1);
}

// Paths are needed for issues only: while walking they are links to the parent, which cost nothing to make.
interface Place {
  readonly parent: Place | undefined;
  readonly key: string;
}

function checkMembers(value: object, place: Place | undefined, level: number, issues: EventIssue[]): void {
  // The event itself is level 0 and event_data level 1.
  if (level > eventDataDepthMax) {
    issues.push(tooDeep(pathOf(place)));
    return;
  }
  const isArray = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    if (!isArray) checkName(key, place, issues);
    if (typeof member === 'string') checkText(member, { parent: place, key }, issues);
    else if (typeof member === 'number') checkNumber(member, { parent: place, key }, issues);
    else if (typeof member === 'object' && member !== null) {
      checkMembers(member, { parent: place, key }, level + 1, issues);
    }
  }
}

function checkName(key: string, place: Place | undefined, issues: EventIssue[]): void {
  checkText(key, { parent: place, key }, issues);
  if (reservedNames.has(key)) issues.push(reservedName(pathOf({ parent: place, key })));
}

function checkText(text: string, place: Place, issues: EventIssue[]): void {
  if (!isStorableText(text)) issues.push(unstorableText(pathOf(place), text));
}

// JSON readers make Infinity of 1e400, and JSON writers make null of that.
function checkNumber(value: number, place: Place, issues: EventIssue[]): void {
  if (!Number.isFinite(value)) issues.push(unstorableNumber(pathOf(place), value));
}

function pathOf(place: Place | undefined): string[] {
  return place === undefined ? [] : [...pathOf(place.parent), place.key];
}

function unstorableText(path: readonly PropertyKey[], text: string): EventIssue {
  return eventIssue({
    code: 'unstorable_text',
    pointer: toPointer(path),
    expected: 'Unicode text without NUL (U+0000) and without half a surrogate pair',
    received: describeReceived(text),
  });
}

function unstorableNumber(path: readonly PropertyKey[], value: number): EventIssue {
  return eventIssue({
    code: 'out_of_range',
    pointer: toPointer(path),
    expected: 'a number from -1.8e308 to 1.8e308',
    received: describeReceived(value),
  });
}

function reservedName(path: readonly PropertyKey[]): EventIssue {
  return eventIssue({
    code: 'reserved_name',
    pointer: toPointer(path),
    expected: `a member name other than ${[...reservedNames].join(', ')}`,
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
