/**
 * Writes an RFC 3339 time in UTC, as events have it. Go writes its zero time as null.
 * @returns undefined when it is missing, not RFC 3339, or no day of the calendar
 */
export function utcTime(text: string | null | undefined): string | undefined {
  const [whole, date] = rfc3339.exec(text ?? '') ?? [];
  if (whole === undefined || date === undefined || !isCalendarDate(date)) return undefined;
  const time = new Date(whole);
  // An offset can carry the first or last day outside the four-digit years of RFC 3339.
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 0 || time.getUTCFullYear() > 9999)
    return undefined;
  return time.toISOString().replace('.000Z', 'Z');
}

const rfc3339 = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

// Date turns 30 February into 2 March instead of refusing it.
function isCalendarDate(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDate() === Number(date.slice(-2));
}
