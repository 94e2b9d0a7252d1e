import { expect, it } from 'vitest';
import { instantText } from './instant-text.ts';

it('shows a time in UTC to the millisecond, and in a zone with its offset', () => {
  expect(instantText('2026-01-14T08:44:13.702Z', 'Europe/Berlin')).toEqual({
    utc: '2026-01-14 08:44:13.702 UTC',
    local: '2026-01-14 09:44:13 GMT+1',
  });
});

it('reads the offset of the producer', () => {
  expect(instantText('2026-07-14T23:44:13+02:00', 'America/New_York')).toEqual({
    utc: '2026-07-14 21:44:13.000 UTC',
    local: '2026-07-14 17:44:13 GMT-4',
  });
});

it('does not show what is no time', () => {
  expect(instantText('yesterday')).toBeUndefined();
});
