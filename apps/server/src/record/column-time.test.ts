import { expect, it } from 'vitest';
import { columnTime } from './column-time.ts';

it.each([
  ['2026-01-15T10:30:00Z', '2026-01-15T10:30:00Z'],
  ['2026-01-15T10:30:00.123456789Z', '2026-01-15T10:30:00.123456789Z'],
  ['2026-01-15T10:30:00.123456+05:30', '2026-01-15T05:00:00.123456Z'],
  ['2026-01-15T10:30:00+23:59', '2026-01-14T10:31:00.0Z'],
  ['2026-01-15T10:30:00.1-00:00', '2026-01-15T10:30:00.1Z'],
])('writes %s so that PostgreSQL reads it without loss', (time, expected) => {
  expect(columnTime(time)).toBe(expected);
});
