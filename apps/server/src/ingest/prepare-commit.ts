import type { PreparedEvent } from '../record/prepare-event.ts';
import { writeRecord } from '../record/record.ts';
import type { Queryable } from '../store/database.ts';
import type { TreeEnd } from '../tree/tree-signer.ts';
import type { CommitRows } from './commit-rows.ts';
import { findEvents, findHeads } from './log-store.ts';
import type { LogEnd, LogView } from './log-view.ts';
import { planCommit, type StoredEvent } from './plan-commit.ts';
import { type Stages, untimed } from './stages.ts';
import type { Submission, SubmissionResult } from './submission.ts';

/** A transaction ready to be written, if the log ends where it was believed to end. */
export interface PreparedCommit {
  readonly results: readonly SubmissionResult[];
  /** What it was prepared on, advanced by it. */
  readonly view: LogView;
  /** Ids of the events it writes. */
  readonly eventIds: readonly string[];
  /** Whether a result holds only if the commits before it succeed. */
  readonly reliesOnUnderway: boolean;
  /** Where the log must end for the records to fit. */
  readonly from: LogEnd;
  /** Where the log ends after it. */
  readonly to: LogEnd;
  /** The log's tree after it. */
  readonly tree: TreeEnd;
  readonly rows: CommitRows;
}

/** What {@link prepareCommit} needs to know. */
export interface CommitContext {
  readonly logId: string;
  /** Where to look for stored events and heads: the writer's transaction, or any connection when in advance. */
  readonly source: Queryable;
  /** Advanced as if the commit had succeeded. */
  readonly view: LogView;
  /** Whether stored events are looked for. When they are not, the commit fails if there are some. */
  readonly isLookedUp: boolean;
  /** Takes the rows; empty. */
  readonly rows: CommitRows;
  readonly stages?: Stages;
}

/** Decides what is new, places it at the end of the log and writes its records. */
export async function prepareCommit(
  submissions: readonly Submission[],
  context: CommitContext,
): Promise<PreparedCommit> {
  const { stages = untimed, view } = context;
  const events = submissions.flat();
  // Looked up before the store is: a commit that ends in between is then in one of the two.
  const underway = underwayAmong(events, view);
  const stored = await findStored(events, context);
  const plan = planCommit(submissions, { stored, underway });
  await loadHeads(plan.events, context);
  const from = view.end;
  stages.compute('record', () => writeRows(plan.events, context));
  return {
    results: plan.results,
    view,
    reliesOnUnderway: underway.size > 0,
    from,
    eventIds: plan.events.map((event) => event.eventId),
    rows: context.rows,
    to: view.end,
    tree: stages.compute('tree', () => view.tree()),
  };
}

async function findStored(
  events: readonly PreparedEvent[],
  { source, isLookedUp, stages = untimed }: CommitContext,
): Promise<ReadonlyMap<string, StoredEvent>> {
  if (!isLookedUp) return new Map();
  const ids = events.map((event) => event.eventId);
  return stages.wait('look_up', () => findEvents(source, ids));
}

function underwayAmong(events: readonly PreparedEvent[], view: LogView): Map<string, PreparedEvent> {
  const found = new Map<string, PreparedEvent>();
  for (const { eventId } of events) {
    const event = view.underway.get(eventId);
    if (event !== undefined) found.set(eventId, event);
  }
  return found;
}

async function loadHeads(
  events: readonly PreparedEvent[],
  { source, logId, view, stages = untimed }: CommitContext,
): Promise<void> {
  const wanted = new Set(events.map((event) => event.columns.correlation_id));
  const unknown = [...wanted].filter((correlationId) => !view.knows(correlationId));
  if (unknown.length === 0) return;
  const heads = await stages.wait('look_up', () => findHeads(source, logId, unknown));
  for (const [correlationId, eventHash] of heads) view.setHead(correlationId, eventHash);
}

function writeRows(events: readonly PreparedEvent[], { logId, view, rows }: CommitContext): void {
  for (const event of events) {
    const previousEventHash = view.headOf(event.columns.correlation_id);
    const place = { logId, sequence: view.end.size, previousEventHash };
    const record = writeRecord(event, place);
    view.append(event, record.eventHash);
    rows.add(event, record, place);
  }
}
