import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeParseRequest } from './parse-request.ts';

const pointersOf = (value: unknown) => {
  const result = safeParseRequest('legalHold', value);
  return result.success ? [] : result.issues.map(({ code, pointer }) => `${code} ${pointer}`);
};

it('gives a body of the contract back as it is', () => {
  const body = { correlation_id: 'rr-1', reason: 'Litigation.' };
  expect(safeParseRequest('legalHold', body)).toStrictEqual({ success: true, body });
});

it.each([
  [{}, ['missing /correlation_id', 'missing /reason']],
  [{ correlation_id: '', reason: 7 }, ['out_of_range /correlation_id', 'wrong_type /reason']],
  [{ correlation_id: 'rr-1', reason: 'a\u0000' }, ['unstorable_text /reason']],
  [{ correlation_id: '\ud800', reason: 'a' }, ['unstorable_text /correlation_id']],
  [{ correlation_id: 'rr-1', reason: 'a', by: 'me' }, ['unknown_member /by']],
  [null, ['wrong_type ']],
  [[], ['wrong_type ']],
])('names every fault of %j', (value, faults) => {
  expect(pointersOf(value)).toEqual(faults);
});

it('never throws, whatever the body is', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void safeParseRequest('personalDataErasure', value)));
});
