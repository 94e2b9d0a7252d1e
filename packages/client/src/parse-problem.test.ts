import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseProblem } from './parse-problem.ts';

it('keeps the errors that name an event', () => {
  const errors = [
    { index: 1, event_id: 'b', pointer: '/x', message: 'bad' },
    { index: 2 },
    { pointer: '', message: 'of the request itself' },
    { index: -1, message: 'bad' },
    { index: '1', message: 'bad' },
    null,
  ];
  expect(parseProblem({ type: 'urn:x', detail: 'two events are bad', errors })).toEqual({
    type: 'urn:x',
    detail: 'two events are bad',
    errors: [
      { index: 1, event_id: 'b', message: 'bad' },
      { index: 2, message: 'the server gave no reason' },
    ],
  });
});

it('takes any JSON value without throwing', () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void parseProblem(body)));
});
