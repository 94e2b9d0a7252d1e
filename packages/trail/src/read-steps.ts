import { eventDurationOf } from './event-duration.ts';
import { errorOf } from './event-error.ts';
import { identifyEvent } from './event-identity.ts';
import { eventDetails, eventNews } from './event-news.ts';
import { outcomeOf, type Pair } from './find-pairs.ts';
import type { OrderedEvent } from './order-events.ts';
import { membersOf, textOf, textsOf, timeOf } from './seen.ts';
import type { ParentLink, TrailActor, TrailResource, TrailStep } from './trail.ts';
import type { TrailEvent } from './trail-event.ts';

/** Reads every event as a step. */
export function readSteps(
  ordered: readonly OrderedEvent[],
  { startMs, pairs }: { readonly startMs: number | undefined; readonly pairs: readonly Pair[] },
): readonly TrailStep[] {
  const news = eventNews(ordered.map(({ event }) => event));
  const pairMs = pairDurations(ordered, pairs);
  return ordered.map((each, index) =>
    readStep(each, { index, startMs, news: news[index] ?? [], pairMs: pairMs.get(index) }),
  );
}

// Of several things that an event ended, such as a phase and the remediation, the one that began last is told.
function pairDurations(
  ordered: readonly OrderedEvent[],
  pairs: readonly Pair[],
): ReadonlyMap<number, number> {
  const durations = pairs.flatMap(({ start, end }): [number, number][] => {
    const [startMs, endMs] = [ordered[start]?.timeMs, ordered[end ?? -1]?.timeMs];
    if (end === undefined || startMs === undefined || endMs === undefined) return [];
    return [[end, Math.max(0, endMs - startMs)]];
  });
  return new Map(durations);
}

interface StepContext {
  readonly index: number;
  readonly startMs: number | undefined;
  readonly news: readonly string[];
  readonly pairMs: number | undefined;
}

function readStep({ event, timeMs, parent }: OrderedEvent, context: StepContext): TrailStep {
  const { index, startMs, news, pairMs } = context;
  const ownMs = eventDurationOf(event);
  return {
    index,
    event,
    ...identifyEvent(event),
    details: eventDetails(event),
    news,
    actor: actorOf(event),
    resource: resourceOf(event),
    outcome: outcomeOf(event),
    error: errorOf(event),
    timeMs,
    offsetMs: difference(timeMs, startMs),
    durationMs: ownMs ?? pairMs,
    durationFrom: ownMs !== undefined ? 'event' : pairMs !== undefined ? 'pair' : undefined,
    delayMs: difference(timeOf(event.received_at), timeMs),
    parent: parentOf(event, parent),
    erased: textsOf(event.erased_members),
    withheld: withheldIn(event),
  };
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function actorOf(event: TrailEvent): TrailActor | undefined {
  const [type, id] = [textOf(event.actor_type), textOf(event.actor_id)];
  if (type === undefined && id === undefined) return undefined;
  return { type: type ?? '', id: id ?? '', isPerson: type === 'user' };
}

function resourceOf(event: TrailEvent): TrailResource | undefined {
  const [type, id] = [textOf(event.resource_type), textOf(event.resource_id)];
  if (type === undefined && id === undefined) return undefined;
  const [namespace, cluster] = [textOf(event.namespace), textOf(event.cluster_name)];
  return {
    type: type ?? '',
    id: id ?? '',
    ...(namespace !== undefined && { namespace }),
    ...(cluster !== undefined && { cluster }),
  };
}

function parentOf(event: TrailEvent, step: number | undefined): ParentLink | undefined {
  const eventId = textOf(event.parent_event_id);
  return eventId === undefined ? undefined : { eventId, step };
}

const depthMax = 12;

// A digest in `_sd` stands for each member whose value is withheld (RFC 9901).
function withheldIn(event: TrailEvent): number {
  return countDigests(event, depthMax);
}

function countDigests(value: unknown, depthLeft: number): number {
  if (typeof value !== 'object' || value === null || depthLeft === 0) return 0;
  if (Array.isArray(value)) return sum(value.map((each) => countDigests(each, depthLeft - 1)));
  const { _sd: digests } = membersOf<{ _sd: readonly string[] }>(value);
  const here = Array.isArray(digests) ? digests.length : 0;
  return here + sum(Object.values(value).map((each) => countDigests(each, depthLeft - 1)));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
