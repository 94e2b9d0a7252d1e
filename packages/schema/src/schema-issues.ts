import type { z } from 'zod';
import {
  describeReceived,
  type EventIssue,
  type EventIssueCode,
  eventIssue,
  toPointer,
} from './event-issue.ts';

/**
 * Translates what a zod schema found into event issues.
 * @param prefix path of the value inside the event
 */
export function schemaIssues(
  error: z.ZodError,
  value: unknown,
  prefix: readonly PropertyKey[] = [],
): EventIssue[] {
  const issues = error.issues.flatMap((issue) => translate(issue, value, prefix));
  // An integer that is too large exceeds the contract's bound and zod's own: one fault, said twice.
  return issues.filter(({ message }, index) => message !== issues[index - 1]?.message);
}

function translate(issue: z.core.$ZodIssue, value: unknown, prefix: readonly PropertyKey[]): EventIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownMember([...issue.path, key], value, prefix));
  }
  const received = valueAt(value, issue.path);
  return [
    eventIssue({
      code: received === undefined ? 'missing' : (codes[issue.code] ?? 'wrong_value'),
      pointer: toPointer([...prefix, ...issue.path]),
      expected: expectation(issue),
      received: describeReceived(received),
    }),
  ];
}

function unknownMember(
  path: readonly PropertyKey[],
  value: unknown,
  prefix: readonly PropertyKey[],
): EventIssue {
  return eventIssue({
    code: 'unknown_member',
    pointer: toPointer([...prefix, ...path]),
    expected: 'no such member',
    received: describeReceived(valueAt(value, path)),
  });
}

const codes: Partial<Record<z.core.$ZodIssue['code'], EventIssueCode>> = {
  invalid_type: 'wrong_type',
  invalid_value: 'wrong_value',
  invalid_format: 'wrong_format',
  too_big: 'out_of_range',
  too_small: 'out_of_range',
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? `${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_format':
      return issue.format === 'regex'
        ? `text matching ${issue.pattern}`
        : (formatNames[issue.format] ?? issue.format);
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`;
    default:
      return issue.message;
  }
}

const typeNames: Record<string, string> = {
  array: 'an array',
  boolean: 'a boolean',
  int: 'an integer',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

const formatNames: Record<string, string> = {
  datetime: 'an RFC 3339 date-time such as 2026-01-15T10:30:00Z',
  uuid: 'a UUID',
  date: 'a date such as 2026-01-15',
};

const units: Record<string, string> = { string: 'character', array: 'item' };

function amount(count: number | bigint, origin: string): string {
  const unit = units[origin];
  if (unit === undefined) return `${count}`;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}
