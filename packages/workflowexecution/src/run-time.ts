import { utcTime } from '@audit/schema';
import type { WorkflowExecutionStatus } from './workflow-execution.ts';

/** When an execution ran, and for how long. What is not known, or not readable, is undefined. */
export interface RunTime {
  /** RFC 3339 in UTC. */
  readonly startedAt: string | undefined;
  /** RFC 3339 in UTC. */
  readonly completedAt: string | undefined;
  /** Go duration text rounded to seconds; 0s when the clocks disagree. */
  readonly duration: string | undefined;
  /** Milliseconds from start to completion; 0 when the clocks disagree. */
  readonly durationMs: number | undefined;
}

/** Reads the run time of an execution. The duration comes from its own field, else from start and completion. */
export function runTimeOf(status: WorkflowExecutionStatus | undefined): RunTime {
  const startedAt = utcTime(status?.startTime);
  const completedAt = utcTime(status?.completionTime);
  const durationMs = elapsedMs(startedAt, completedAt);
  const duration = toDurationText(parseDurationMs(status?.duration) ?? durationMs);
  return { startedAt, completedAt, duration, durationMs };
}

function elapsedMs(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return Math.max(0, Date.parse(end) - Date.parse(start));
}

// The units of Go's time.ParseDuration; micro has two code points in Unicode.
const unitMs: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00b5s', 1e-3],
  ['\u03bcs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const goDuration = /^[+-]?(?:\d+(?:\.\d+)?(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;

function parseDurationMs(text: string | undefined): number | undefined {
  if (text === undefined || !goDuration.test(text)) return undefined;
  if (text.startsWith('-')) return 0;
  let durationMs = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-z\u00b5\u03bc]+)/g)) {
    durationMs += Number(amount) * (unitMs.get(unit) ?? 0);
  }
  return durationMs;
}

function toDurationText(durationMs: number | undefined): string | undefined {
  const seconds = Math.round((durationMs ?? Number.NaN) / 1000);
  if (!Number.isSafeInteger(seconds)) return undefined;
  const minutes = Math.trunc(seconds / 60);
  const hours = Math.trunc(minutes / 60);
  if (hours > 0) return `${hours}h${minutes % 60}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
