import { expect, it } from 'vitest';
import { utcTime } from './utc-time.ts';

it.each([
  ['2026-01-14T09:31:51Z', '2026-01-14T09:31:51Z'],
  ['2026-01-14T10:31:51.25+01:00', '2026-01-14T09:31:51.250Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-01-14T24:00:00Z', undefined],
  ['9999-12-31T23:59:59-01:00', undefined],
  ['2026-01-14', undefined],
  ['yesterday', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('reads %j as %j', (text, expected) => {
  expect(utcTime(text)).toBe(expected);
});
