import { expect, it } from 'vitest';
import { readEventFilter } from './event-filter.ts';

it('takes the filters of the contract from an address, and nothing else', () => {
  const search = {
    event_type: ' gateway.signal.received ',
    correlation_id: 17,
    event_outcome: 'failure',
    namespace: '',
    actor_id: ['a'],
    limit: 5,
  };
  expect(readEventFilter(search)).toEqual({
    event_type: 'gateway.signal.received',
    correlation_id: '17',
    event_outcome: 'failure',
  });
});

it('leaves out an outcome that is none', () => {
  expect(readEventFilter({ event_outcome: 'maybe' })).toEqual({});
});
