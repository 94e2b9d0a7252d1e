/**
 * Writes an RFC 3339 time so that PostgreSQL reads it without loss at microsecond precision. PostgreSQL refuses some
 * offsets that RFC 3339 allows, so times with an offset are moved to UTC.
 */
export function columnTime(time: string): string {
  if (time.endsWith('Z')) return time;
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '0';
  return `${new Date(time).toISOString().slice(0, 19)}.${fraction.slice(0, 6)}Z`;
}
