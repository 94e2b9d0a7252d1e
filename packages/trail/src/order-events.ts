import { numberOf, textOf, timeOf } from './seen.ts';
import { sortedJson } from './sorted-json.ts';
import type { TrailEvent } from './trail-event.ts';

/** Events in the order of a trail. */
export interface OrderedEvents {
  readonly events: readonly OrderedEvent[];
  /** How many were the same as another, word for word. */
  readonly repeats: number;
}

/** An event with its time and the place of its cause. */
export interface OrderedEvent {
  readonly event: TrailEvent;
  readonly timeMs: number | undefined;
  /** Place of its cause; undefined when it names none, when that never came, or when causes form a circle. */
  readonly parent: number | undefined;
}

/**
 * Puts events in the order of time, each after its cause: one whose clock is behind that of its cause follows it. Equal
 * times are in the order of the log. The result is the same for any order of the input.
 */
export function orderEvents(given: readonly TrailEvent[]): OrderedEvents {
  const ranked = withoutRepeats(given.filter(isObject).map(toRanked)).toSorted(byRank);
  const nodes = linkParents(ranked);
  const settled = nodes.toSorted(
    (a, b) => compareTimes(a.settledMs, b.settledMs) || a.depth - b.depth || a.rank - b.rank,
  );
  const places = new Map(settled.map((node, place) => [node, place]));
  const events = settled.map(({ event, timeMs, parent }) => ({
    event,
    timeMs,
    parent: parent === undefined ? undefined : places.get(parent),
  }));
  return { events, repeats: given.length - events.length };
}

function isObject(event: unknown): boolean {
  return typeof event === 'object' && event !== null;
}

interface Ranked {
  readonly event: TrailEvent;
  readonly timeMs: number | undefined;
  readonly sequence: number | undefined;
  readonly eventId: string;
}

function toRanked(event: TrailEvent): Ranked {
  return {
    event,
    timeMs: timeOf(event.event_timestamp),
    sequence: numberOf(event.sequence),
    eventId: textOf(event.event_id) ?? '',
  };
}

// Only events with the same id can be the same: writing every event in one order of members would cost much more.
function withoutRepeats(ranked: readonly Ranked[]): readonly Ranked[] {
  const byId = Map.groupBy(ranked, ({ eventId }) => eventId);
  return [...byId.values()].flatMap((same) => {
    if (same.length === 1) return same;
    return [...new Map(same.map((each) => [sortedJson(each.event), each])).values()];
  });
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    compareTimes(a.timeMs, b.timeMs) ||
    compareTimes(a.sequence, b.sequence) ||
    compareTexts(a.eventId, b.eventId) ||
    compareTexts(sortedJson(a.event), sortedJson(b.event))
  );
}

// What has no time, or no place in a log, comes last.
function compareTimes(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  return (a ?? Number.POSITIVE_INFINITY) < (b ?? Number.POSITIVE_INFINITY) ? -1 : 1;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Node extends Ranked {
  readonly rank: number;
  parent: Node | undefined;
  /** Its own time or that of its cause, whichever is later. */
  settledMs: number | undefined;
  /** How many causes of the same settled time are before it. */
  depth: number;
}

function linkParents(ranked: readonly Ranked[]): readonly Node[] {
  const nodes = ranked.map(
    (each, rank): Node => ({ ...each, rank, parent: undefined, settledMs: each.timeMs, depth: 0 }),
  );
  const byId = new Map(nodes.toReversed().map((node) => [node.eventId, node]));
  byId.delete('');
  const isSettled = new Set<Node>();
  for (const node of nodes) settle(node, byId, isSettled);
  return nodes;
}

// Walks up to a cause that is settled, then down again: causes can be chained a hundred thousand deep.
function settle(from: Node, byId: ReadonlyMap<string, Node>, isSettled: Set<Node>): void {
  const path = new Set<Node>();
  let node: Node | undefined = from;
  while (node !== undefined && !isSettled.has(node)) {
    path.add(node);
    const cause: Node | undefined = byId.get(textOf(node.event.parent_event_id) ?? '');
    // In a circle nothing comes first: the link that closes it, seen from the earliest event in it, is none.
    node.parent = cause !== undefined && path.has(cause) ? undefined : cause;
    node = node.parent;
  }
  for (const each of [...path].reverse()) {
    follow(each);
    isSettled.add(each);
  }
}

function follow(node: Node): void {
  const { parent } = node;
  if (parent === undefined) return;
  if (compareTimes(node.settledMs, parent.settledMs) > 0) return;
  node.settledMs = parent.settledMs;
  node.depth = parent.depth + 1;
}
