import { findGaps } from './find-gaps.ts';
import { findLanes } from './find-lanes.ts';
import { findPairs } from './find-pairs.ts';
import { findSpans } from './find-spans.ts';
import { endTypes, judgeOutcome } from './judge-outcome.ts';
import { type OrderedEvent, orderEvents } from './order-events.ts';
import { readSteps } from './read-steps.ts';
import { readSubject } from './read-subject.ts';
import { isOneOf, textOf } from './seen.ts';
import type { Trail, TrailOutcome, TrailStep } from './trail.ts';
import type { TrailEvent } from './trail-event.ts';

/** Options of {@link readTrail}. */
export interface ReadTrailOptions {
  /** The present in milliseconds since 1970, to find a remediation that went silent; default: the last event. */
  readonly nowMs?: number;
}

/**
 * Reads the events of one correlation, in any order, as a story. Never throws: what cannot be read is left out of what is
 * told about an event, and the event stays in the trail.
 *
 * @example
 * const trail = readTrail(records);
 * for (const { offsetMs, title, news } of trail.steps) console.log(offsetMs, title, news.join(' · '));
 */
export function readTrail(given: readonly TrailEvent[], { nowMs }: ReadTrailOptions = {}): Trail {
  const { events: ordered, repeats } = orderEvents(given);
  const events = ordered.map(({ event }) => event);
  const times = timesOf(ordered);
  const startMs = times.length === 0 ? undefined : times.reduce((least, time) => Math.min(least, time));
  const endMs = times.reduce((most, time) => Math.max(most, time), startMs ?? 0);
  const pairs = findPairs(events);
  const steps = readSteps(ordered, { startMs, pairs });
  const spans = findSpans(steps, pairs);
  const outcome = judgeOutcome(steps);
  const endStep = steps.findLast(({ event }) => isOneOf(event, ...endTypes))?.index;
  const nowOffsetMs = nowMs === undefined || startMs === undefined ? undefined : nowMs - startMs;
  const [correlationId = '', ...others] = correlationsOf(events);
  return {
    correlationId,
    otherCorrelationIds: others.toSorted(),
    subject: readSubject(events),
    outcome,
    startMs,
    durationMs: startMs === undefined ? undefined : endMs - startMs,
    steps,
    failures: failuresOf(steps, outcome),
    gaps: findGaps({ steps, pairs, spans, endStep, nowOffsetMs }),
    spans,
    lanes: findLanes(steps, spans),
    repeats,
  };
}

// Holds, exports and the like come whenever somebody asks for them, and prolong no remediation.
function timesOf(ordered: readonly OrderedEvent[]): readonly number[] {
  const own = ordered.filter(({ event }) => !storeCategories.includes(event.event_category));
  return (own.length > 0 ? own : ordered).flatMap(({ timeMs }) => timeMs ?? []);
}

const storeCategories: readonly string[] = ['datastorage', 'access'];

// The one that most events name first; of equals, the one named first.
function correlationsOf(events: readonly TrailEvent[]): readonly string[] {
  const counts = Map.groupBy(
    events.flatMap(({ correlation_id }) => textOf(correlation_id) ?? []),
    (id) => id,
  );
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([id]) => id);
}

function failuresOf(steps: readonly TrailStep[], outcome: TrailOutcome): readonly number[] {
  const failed = steps.filter((step) => step.outcome === 'failure').map(({ index }) => index);
  return failed.toSorted((a, b) => Number(b === outcome.step) - Number(a === outcome.step));
}
