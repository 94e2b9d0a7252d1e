import type { EventOutcome, EventType } from '@audit/schema';
import { isOwnType } from './event-identity.ts';
import { phaseChangeOf } from './phase-change.ts';
import { textOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

/** Two steps that belong together: one began what the other ended. */
export interface Pair {
  readonly name: string;
  readonly kind: 'phase' | 'work';
  /** Place of the step that began it. */
  readonly start: number;
  /** Place of the step that ended it; undefined when none did. */
  readonly end: number | undefined;
  readonly outcome: EventOutcome | undefined;
}

/** Finds what began and what ended in a trail, in the order of its beginnings. */
export function findPairs(events: readonly TrailEvent[]): readonly Pair[] {
  const pairs: OpenPair[] = [];
  const open = new Map<string, OpenPair>();
  events.forEach((event, place) => {
    for (const key of endsOf(event)) close(open, key, { event, place });
    for (const begun of beginningsOf(event)) {
      const pair = { ...begun, start: place, end: undefined, outcome: undefined };
      // A second beginning of the same leaves the first without an end.
      open.set(begun.key, pair);
      pairs.push(pair);
    }
  });
  return pairs.map(({ key: _, ...pair }) => pair);
}

interface Beginning {
  readonly key: string;
  readonly name: string;
  readonly kind: 'phase' | 'work';
}

interface OpenPair extends Beginning {
  readonly start: number;
  end: number | undefined;
  outcome: EventOutcome | undefined;
}

function close(
  open: Map<string, OpenPair>,
  key: string,
  { event, place }: { event: TrailEvent; place: number },
): void {
  const pair = open.get(key);
  if (pair === undefined) return;
  pair.end = place;
  // A phase ends when the next one begins, however that goes.
  pair.outcome = pair.kind === 'work' ? outcomeOf(event) : undefined;
  open.delete(key);
}

/** The outcome of an event; undefined when it is none of the contract's. */
export function outcomeOf({ event_outcome }: TrailEvent): EventOutcome | undefined {
  return outcomes.find((outcome) => outcome === event_outcome);
}

const outcomes: readonly EventOutcome[] = ['success', 'failure', 'pending'];

function beginningsOf(event: TrailEvent): readonly Beginning[] {
  const change = phaseChangeOf(event);
  const phases: readonly Beginning[] =
    change === undefined || change.isEnd
      ? []
      : [{ key: change.key, name: `phase ${change.to}`, kind: 'phase' }];
  const noun = ownNoun(event, ['started']);
  const own: readonly Beginning[] = noun === undefined ? [] : [{ key: noun, name: noun, kind: 'work' }];
  const work = workBegun.filter(({ type }) => type === event.event_type);
  return [...phases, ...work.map(({ key, name }) => ({ key, name, kind: 'work' }) as const), ...own];
}

function endsOf(event: TrailEvent): readonly string[] {
  const ends = workEnded.filter(({ type }) => type === event.event_type).map(({ key }) => key);
  const change = phaseChangeOf(event);
  const noun = ownNoun(event, endingWords);
  return [...ends, ...(change === undefined ? [] : [change.key]), ...(noun === undefined ? [] : [noun])];
}

interface Work {
  readonly type: EventType;
  readonly key: string;
  readonly name: string;
}

// A remediation has one of each at a time.
const workBegun: readonly Work[] = [
  { type: 'orchestrator.lifecycle.started', key: 'remediation', name: 'remediation' },
  { type: 'llm_request', key: 'llm', name: 'language model' },
  { type: 'orchestrator.approval.requested', key: 'approval', name: 'wait for approval' },
  { type: 'orchestrator.routing.blocked', key: 'block', name: 'held back' },
  { type: 'workflowexecution.execution.started', key: 'execution', name: 'workflow execution' },
];

const workEnded: readonly Omit<Work, 'name'>[] = [
  { type: 'orchestrator.lifecycle.completed', key: 'remediation' },
  { type: 'orchestrator.lifecycle.failed', key: 'remediation' },
  { type: 'orchestrator.lifecycle.completed', key: 'orchestrator' },
  { type: 'orchestrator.lifecycle.failed', key: 'orchestrator' },
  { type: 'orchestrator.lifecycle.completed', key: 'block' },
  { type: 'orchestrator.lifecycle.failed', key: 'block' },
  { type: 'orchestrator.lifecycle.transitioned', key: 'block' },
  { type: 'llm_response', key: 'llm' },
  // The provider gave no answer of the model, only that the call of it ended.
  { type: 'aianalysis.holmesgpt.call', key: 'llm' },
  { type: 'orchestrator.approval.approved', key: 'approval' },
  { type: 'orchestrator.approval.rejected', key: 'approval' },
  { type: 'orchestrator.approval.expired', key: 'approval' },
  { type: 'workflowexecution.workflow.completed', key: 'execution' },
  { type: 'workflowexecution.workflow.failed', key: 'execution' },
];

const endingWords = ['completed', 'failed', 'finished', 'ended', 'stopped', 'cancelled', 'aborted'];

// Events of one's own that keep to the naming of the contract: `<service>.<noun>.started` and `….completed`.
function ownNoun(event: TrailEvent, words: readonly string[]): string | undefined {
  if (!isOwnType(event)) return undefined;
  const type = textOf(event.event_type) ?? '';
  const word = words.find((each) => type.endsWith(`.${each}`));
  return word === undefined ? undefined : type.slice(0, -word.length - 1);
}
