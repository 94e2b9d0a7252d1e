import type { AuditStatistics } from '@audit/schema';

type Interval = AuditStatistics['interval'];

const day = { day: 'numeric', month: 'short' } as const;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/**
 * Writes which stretch of time a bucket is, in UTC as its bounds are.
 * @param isShort for an axis; default false
 */
export function bucketText(start: string, interval: Interval, isShort = false): string {
  const date = new Date(start);
  if (Number.isNaN(date.getTime())) return start;
  const parts = interval === 'day' ? day : isShort ? time : { ...day, ...time };
  const text = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(date);
  return isShort ? text : `${text} UTC`;
}

const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const satisfies Record<
  Interval,
  number
>;

/** The last instant of a bucket, RFC 3339 to the millisecond. */
export function bucketEnd(start: string, interval: Interval): string {
  return new Date(Date.parse(start) + lengths[interval] - 1).toISOString();
}
