/** A point in time as people read it, in UTC and in the zone of their browser. */
export interface InstantText {
  /** `2026-11-21 22:04:31.120 UTC`. */
  readonly utc: string;
  /** `2026-11-21 23:04:31 GMT+1`. */
  readonly local: string;
}

const partsOf = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone !== undefined && { timeZone }),
  });

/**
 * Writes an RFC 3339 time for people; undefined for a text that is none.
 * @param timeZone of the local time; default the browser's
 */
export function instantText(time: string, timeZone?: string): InstantText | undefined {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  const utc = date.toISOString().replace('T', ' ').replace('Z', ' UTC');
  return { utc, local: `${partsOf(timeZone).format(date)} ${zoneName(date, timeZone)}` };
}

function zoneName(date: Date, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZoneName: 'shortOffset',
    ...(timeZone !== undefined && { timeZone }),
  });
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
