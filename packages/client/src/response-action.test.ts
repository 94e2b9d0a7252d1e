import { describe, expect, it } from 'vitest';
import { responseAction } from './response-action.ts';
import type { AnswerProblem } from './transport.ts';

const eventIds = ['a', 'b', 'c'];
const backingOff = { kind: 'retry', state: 'backing_off' };
const unauthorized = { kind: 'retry', state: 'unauthorized' };
const misconfigured = { kind: 'retry', state: 'misconfigured' };

describe('responseAction', () => {
  it.each([200, 201, 202, 204])('acknowledges the batch on %i', (status) => {
    expect(responseAction({ status }, eventIds)).toEqual({ kind: 'acknowledge' });
  });

  it('retries when no readable answer came', () => {
    expect(responseAction(undefined, eventIds)).toEqual(backingOff);
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599])('retries on %i', (status) => {
    expect(responseAction({ status }, eventIds)).toEqual(backingOff);
  });

  it.each([401, 403])('reports a refused token on %i', (status) => {
    expect(responseAction({ status }, eventIds)).toEqual(unauthorized);
  });

  it.each([301, 302, 307, 308, 304, 402, 404, 405, 406, 415, 418, 501])(
    'reports a wrong address on %i and keeps the events',
    (status) => {
      expect(responseAction({ status }, eventIds)).toEqual(misconfigured);
    },
  );

  it.each([
    [400, 'invalid'],
    [422, 'invalid'],
    [409, 'conflict'],
    [413, 'too_large'],
  ])('buries exactly the events that a %i names', (status, reason) => {
    const errors = [
      { index: 0, message: 'first' },
      { index: 2, message: 'third' },
      { index: 2, message: 'third again' },
    ];
    expect(responseAction({ status, problem: { errors } }, eventIds)).toEqual({
      kind: 'bury',
      refusals: [
        { index: 0, reason, detail: 'first' },
        { index: 2, reason, detail: 'third; third again' },
      ],
    });
  });

  const unusable: readonly (readonly [string, AnswerProblem | undefined])[] = [
    ['no problem document', undefined],
    ['no named event', { detail: 'bad', errors: [] }],
    ['an index outside the batch', { errors: [{ index: 3, message: 'bad' }] }],
    ['an index that contradicts the event id', { errors: [{ index: 0, event_id: 'b', message: 'bad' }] }],
  ];
  for (const [what, problem] of unusable) {
    const answer = (status: number) => ({ status, ...(problem && { problem }) });

    it.each([400, 409, 422])(`bisects on %i with ${what}`, (status) => {
      expect(responseAction(answer(status), eventIds)).toEqual({ kind: 'bisect' });
    });

    it(`buries a single event with ${what}`, () => {
      expect(responseAction(answer(422), ['a'])).toMatchObject({
        kind: 'bury',
        refusals: [{ index: 0, reason: 'invalid' }],
      });
    });
  }

  it('matches event ids as UUIDs, whatever their case', () => {
    const problem = { errors: [{ index: 1, event_id: 'B', message: 'bad' }] };
    expect(responseAction({ status: 400, problem }, eventIds)).toMatchObject({ kind: 'bury' });
  });

  it('sends less bytes after 413, and buries a single event that is too large', () => {
    expect(responseAction({ status: 413 }, eventIds)).toEqual({ kind: 'shrink', limit: 'bytes' });
    expect(responseAction({ status: 413 }, ['a'])).toEqual({
      kind: 'bury',
      refusals: [{ index: 0, reason: 'too_large', detail: 'the server answered 413 without a reason' }],
    });
  });

  it('sends fewer events when the server says that the batch has too many', () => {
    const problem = { type: 'urn:audit:problem:batch-size-exceeded', errors: [] };
    expect(responseAction({ status: 400, problem }, eventIds)).toEqual({ kind: 'shrink', limit: 'events' });
  });
});
