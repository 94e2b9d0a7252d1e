import type { Explanation, Trail } from '@audit/trail';
import { queryOptions } from '@tanstack/react-query';
import { readEvents } from '../../../api/read-events.ts';

/** Another run that is worth comparing with. */
export interface OtherRun {
  readonly correlationId: string;
  /** Time of the event by which it was found. */
  readonly time: string;
  /** What it has in common: the alert or the workflow. */
  readonly common: 'alert' | 'workflow';
}

const runsMax = 50;

/** The newest runs of the same alert, or else of the same workflow. */
export function runsQuery(trail: Trail, explanation: Explanation) {
  const { alert } = trail.subject;
  const workflow = workflowOf(explanation);
  return queryOptions({
    queryKey: ['other-runs', trail.correlationId, alert, workflow],
    queryFn: async ({ signal }): Promise<readonly OtherRun[]> => {
      const found = await Promise.all([
        runsOf('alert', { type: 'gateway.signal.received', member: 'alert_name', value: alert }, signal),
        runsOf(
          'workflow',
          { type: 'workflowexecution.selection.completed', member: 'workflow_id', value: workflow },
          signal,
        ),
      ]);
      const others = found.flat().filter(({ correlationId }) => correlationId !== trail.correlationId);
      return [...new Map(others.toReversed().map((run) => [run.correlationId, run])).values()].toReversed();
    },
    refetchOnWindowFocus: false,
  });
}

function workflowOf({ stages }: Explanation): string | undefined {
  const facts = stages.find(({ name }) => name === 'analysis')?.facts;
  return facts?.find(({ name }) => name === 'workflow_id')?.text;
}

interface Mark {
  readonly type: string;
  readonly member: string;
  readonly value: string | undefined;
}

async function runsOf(
  common: OtherRun['common'],
  { type, member, value }: Mark,
  signal: AbortSignal,
): Promise<readonly OtherRun[]> {
  if (value === undefined) return [];
  const query = { event_type: type, detail_key: member, detail_value: value, limit: runsMax };
  const events = await readEvents(query, signal);
  return events.map(({ correlation_id, event_timestamp }) => ({
    correlationId: correlation_id,
    time: event_timestamp,
    common,
  }));
}
