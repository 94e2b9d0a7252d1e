import { parseGoDuration } from '@audit/schema';
import { membersOf, numberOf, textOf, timeOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

/** How long what an event tells of took, in milliseconds, as the event itself says; undefined when it does not. */
export function eventDurationOf(event: TrailEvent): number | undefined {
  const payload = membersOf<DurationMembers>(event.event_data);
  const durations = [
    numberOf(event.duration_ms),
    numberOf(payload.duration_ms),
    betweenTimes(payload.started_at, payload.completed_at),
    parseGoDuration(textOf(payload.duration)?.slice(0, durationCharsMax) ?? ''),
  ];
  return durations.find((durationMs) => durationMs !== undefined && durationMs >= 0);
}

interface DurationMembers {
  readonly duration_ms: number;
  readonly started_at: string;
  readonly completed_at: string;
  readonly duration: string;
}

const durationCharsMax = 100;

function betweenTimes(start: unknown, end: unknown): number | undefined {
  const [startMs, endMs] = [timeOf(start), timeOf(end)];
  return startMs === undefined || endMs === undefined ? undefined : endMs - startMs;
}
