import { expect, it } from 'vitest';
import { eventIssue } from './event-issue.ts';
import { InvalidEventError } from './invalid-event-error.ts';

const issues = [
  eventIssue({ code: 'missing', pointer: '/version', expected: 'a string', received: 'nothing' }),
  eventIssue({ code: 'wrong_type', pointer: '', expected: 'an object', received: 'null' }),
];

it('an InvalidEventError names every fault, for programs and for people', () => {
  const error = new InvalidEventError(issues);
  expect(error).toMatchObject({
    name: 'InvalidEventError',
    code: 'invalid_event',
    retryable: false,
    issues,
  });
  expect(error.message).toMatchInlineSnapshot(`
    "the event breaks the contract, correct these members:
    - /version: expected a string, received nothing
    - the event: expected an object, received null"
  `);
});
