import type { AuditRecord, EventType } from '@audit/schema';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { EventsFilter } from '../../api/events-query.ts';
import { readEvents } from '../../api/read-events.ts';
import { hasFailed, type Remediation, tellRemediation } from './tell-remediation.ts';
import type { TimeRange } from './time-range.ts';

/** Remediations that a page leads to. */
export interface RecentRemediations {
  /** Those that a person should look at, the newest first. */
  readonly failures: readonly Remediation[];
  /** Those that began last, the newest first. */
  readonly newest: readonly Remediation[];
}

const failuresMax = 6;
const newestMax = 8;
// An end is among the last events of a remediation, before what it is told to people by.
const lastEventsMax = 100;

/**
 * The newest remediations of a stretch of time and the newest that failed, asked again every minute while the page is looked at.
 * Only signals and ends are read; the events of a remediation that has none of them are looked into.
 */
export function remediationsQuery({ name }: TimeRange) {
  return queryOptions({
    queryKey: ['remediations', name],
    queryFn: ({ signal }) => readRemediations(name, (filter) => readEvents(filter, signal)),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}

type ReadEvents = (filter: EventsFilter) => Promise<readonly AuditRecord[]>;

async function readRemediations(since: string, read: ReadEvents): Promise<RecentRemediations> {
  const ofType = (event_type: EventType, limit: number, rest: EventsFilter = {}) =>
    read({ event_type, since, limit, ...rest });
  const [signals, failed, endedBadly, ...others] = await Promise.all([
    ofType('gateway.signal.received', newestMax),
    ofType('orchestrator.lifecycle.failed', failuresMax),
    ofType('orchestrator.lifecycle.completed', failuresMax, { event_outcome: 'failure' }),
    ofType('orchestrator.lifecycle.completed', 2 * newestMax),
    ofType('orchestrator.approval.rejected', 2 * failuresMax),
    ofType('workflowexecution.workflow.failed', 2 * failuresMax),
  ]);
  const known = Map.groupBy(
    [...signals, ...failed, ...endedBadly, ...others.flat()],
    ({ correlation_id }) => correlation_id,
  );
  const tell = (events: readonly AuditRecord[]) =>
    Promise.all(
      [...new Set(events.map(({ correlation_id }) => correlation_id))].map(async (id) =>
        tellRemediation(id, [
          ...(known.get(id) ?? []),
          ...(await readMissing(id, known.get(id) ?? [], read)),
        ]),
      ),
    );
  const [newest, ended] = await Promise.all([tell(signals), tell([...failed, ...endedBadly])]);
  const failures = [...ended, ...newest.filter(({ status }) => hasFailed(status))];
  return { newest, failures: newestOf(failures).slice(0, failuresMax) };
}

// The events that a story cannot do without and that are not among those at hand.
async function readMissing(
  correlation_id: string,
  events: readonly AuditRecord[],
  read: ReadEvents,
): Promise<readonly AuditRecord[]> {
  const has = (type: EventType) => events.some(({ event_type }) => event_type === type);
  const isEnded = has('orchestrator.lifecycle.completed') || has('orchestrator.lifecycle.failed');
  const [signal, last] = await Promise.all([
    has('gateway.signal.received')
      ? []
      : read({ correlation_id, event_type: 'gateway.signal.received', limit: 1 }),
    isEnded ? [] : read({ correlation_id, limit: lastEventsMax }),
  ]);
  return [...signal, ...last];
}

function newestOf(remediations: readonly Remediation[]): readonly Remediation[] {
  const byId = new Map(remediations.map((remediation) => [remediation.correlationId, remediation]));
  return [...byId.values()].toSorted((a, b) => endOf(b) - endOf(a));
}

function endOf({ startMs = 0, durationMs = 0 }: Remediation): number {
  return startMs + durationMs;
}
