/** A point in time as people read it, in UTC and in the zone of their browser. */
export interface InstantText {
  /** `2026-11-21 22:04:31.120 UTC`. */
  readonly utc: string;
  /** `2026-11-21 23:04:31 GMT+1`. */
  readonly local: string;
}

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly zone: Intl.DateTimeFormat;
}

// Making a format costs a hundred times what using it does.
const formatsByZone = new Map<string | undefined, Formats>();

function formatsOf(timeZone: string | undefined): Formats {
  const known = formatsByZone.get(timeZone);
  if (known !== undefined) return known;
  const zoned = timeZone === undefined ? {} : { timeZone };
  const formats = {
    time: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', ...zoned }),
    zone: new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset', ...zoned }),
  };
  formatsByZone.set(timeZone, formats);
  return formats;
}

/**
 * Writes an RFC 3339 time for people; undefined for a text that is none.
 * @param timeZone of the local time; default the browser's
 */
export function instantText(time: string, timeZone?: string): InstantText | undefined {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  const utc = date.toISOString().replace('T', ' ').replace('Z', ' UTC');
  const { time: format, zone } = formatsOf(timeZone);
  return { utc, local: `${format.format(date)} ${zoneName(date, zone)}` };
}

function zoneName(date: Date, format: Intl.DateTimeFormat): string {
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
