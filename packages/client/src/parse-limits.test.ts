import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLimits } from './parse-limits.ts';

it('reads the limits that decide how large a batch may be', () => {
  const body = { batch_events_max: 500, body_bytes_max: 5_242_880, event_bytes_max: 262_144 };
  expect(parseLimits(body)).toEqual({ batchEventsMax: 500, bodyBytesMax: 5_242_880 });
  expect(parseLimits({ batch_events_max: 500 })).toEqual({ batchEventsMax: 500 });
});

it.each([undefined, null, 'ok', 7, [], {}, { batch_events_max: 0, body_bytes_max: '5' }])(
  'takes %o for no limits',
  (body) => {
    expect(parseLimits(body)).toBeUndefined();
  },
);

it('takes any JSON value without throwing', () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void parseLimits(body)));
});
