import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSpooling, nextOutageState, type OutageEvent, type OutageState } from './outage-state.ts';

const play = (events: readonly OutageEvent[], from: OutageState = 'connected') =>
  events.reduce((state, event) => nextOutageState(state, event), from);

it('goes from an outage to the database by way of the spool', () => {
  const events = ['lost', 'found', 'nearly_drained', 'drained'] as const;
  const states = events.map((_, index) => play(events.slice(0, index + 1)));
  expect(states).toEqual(['away', 'draining', 'handing_over', 'connected']);
});

it('is away after every loss, and reaches the database only through an empty spool', () => {
  const event = fc.constantFrom<OutageEvent>('lost', 'found', 'nearly_drained', 'drained');
  fc.assert(
    fc.property(fc.array(event), (events) => {
      expect(play([...events, 'lost'])).toBe('away');
      const afterLoss = events.slice(events.lastIndexOf('lost'));
      if (afterLoss[0] === 'lost' && play(events) === 'connected') expect(afterLoss).toContain('drained');
    }),
  );
});

it('spools while the database is away and while what was spooled is more than writes can wait for', () => {
  const states: OutageState[] = ['connected', 'away', 'draining', 'handing_over'];
  expect(states.filter(isSpooling)).toEqual(['away', 'draining']);
});
