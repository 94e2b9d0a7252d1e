const secondsByUnit: Readonly<Record<string, number>> = {
  h: 3_600,
  m: 60,
  s: 1,
  ms: 0.001,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

const days = /^(\d+(?:\.\d+)?)d$/;
const duration = /^(-?)((?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+)$/;
const durationPart = /(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g;
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
  const span = spanSeconds(text);
  if (span !== undefined) return toRfc3339(now - span * 1_000);
  if (rfc3339.test(text)) return isRealTime(text) ? text.toUpperCase() : undefined;
  if (localTime.test(text)) return isRealTime(`${text}Z`) ? `${text}Z` : undefined;
  if (date.test(text)) return isRealTime(`${text}T00:00:00Z`) ? `${text}T00:00:00Z` : undefined;
  return undefined;
}

function spanSeconds(text: string): number | undefined {
  const dayMatch = days.exec(text);
  if (dayMatch !== null) return Number(dayMatch[1]) * 86_400;
  const match = duration.exec(text);
  if (match === null) return undefined;
  const parts = [...(match[2] ?? '').matchAll(durationPart)];
  const total = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsByUnit[unit ?? ''] ?? 0),
    0,
  );
  return match[1] === '-' ? -total : total;
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
