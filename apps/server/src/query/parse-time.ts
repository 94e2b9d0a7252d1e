import { parseGoDuration } from '@audit/schema';

const days = /^(\d+(?:\.\d+)?)d$/;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const localTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const date = /^\d{4}-\d\d-\d\d$/;

/** The forms {@link parseTime} reads, for messages. */
export const timeForms =
  'RFC 3339 such as 2026-01-15T10:30:00Z, a date, or a span back from now such as 24h, 1h30m or 7d';

/**
 * Reads a time as the query API takes it and writes it as RFC 3339. Spans count back from now, a negative one forward;
 * times without an offset are UTC.
 * @param now milliseconds since 1970
 * @returns undefined when the text is none of {@link timeForms}
 */
export function parseTime(text: string, now: number): string | undefined {
  const span = spanMs(text);
  if (span !== undefined) return toRfc3339(now - span);
  if (rfc3339.test(text)) return isRealTime(text) ? text.toUpperCase() : undefined;
  if (localTime.test(text)) return isRealTime(`${text}Z`) ? `${text}Z` : undefined;
  if (date.test(text)) return isRealTime(`${text}T00:00:00Z`) ? `${text}T00:00:00Z` : undefined;
  return undefined;
}

function spanMs(text: string): number | undefined {
  const [, count] = days.exec(text) ?? [];
  return count === undefined ? parseGoDuration(text) : Number(count) * 86_400_000;
}

function isRealTime(text: string): boolean {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds) || text.startsWith('0000')) return false;
  // Date.parse turns 30 February into 2 March; the day it names must be the day it means.
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(text.slice(0, 10));
}

const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59Z');

function toRfc3339(milliseconds: number): string | undefined {
  if (!(milliseconds >= earliest && milliseconds <= latest)) return undefined;
  return new Date(milliseconds).toISOString();
}
