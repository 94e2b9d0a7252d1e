import type { EventType } from '@audit/schema';
import { eventTitles } from './event-titles.ts';
import { phaseChangeOf } from './phase-change.ts';
import { isOneOf, payloadOf } from './seen.ts';
import type { TrailGap, TrailStep } from './trail.ts';

/** Finds events that others presuppose and that are not here. */
export function findMissingSteps(steps: readonly TrailStep[]): readonly TrailGap[] {
  return [
    ...presuppositions.flatMap((presupposition) => findUnfounded(steps, presupposition)),
    ...findMissingApproval(steps),
    ...findSkippedPhases(steps),
  ];
}

interface Presupposition {
  readonly needed: EventType;
  /** Events that cannot be without it. */
  readonly by: readonly EventType[];
}

const presuppositions: readonly Presupposition[] = [
  { needed: 'gateway.signal.received', by: ['gateway.crd.created', 'orchestrator.lifecycle.started'] },
  {
    needed: 'gateway.crd.created',
    by: ['orchestrator.lifecycle.started', 'orchestrator.lifecycle.completed'],
  },
  {
    needed: 'orchestrator.lifecycle.started',
    by: [
      'orchestrator.lifecycle.transitioned',
      'orchestrator.lifecycle.completed',
      'orchestrator.lifecycle.failed',
      'orchestrator.approval.requested',
      'orchestrator.routing.blocked',
    ],
  },
  { needed: 'llm_request', by: ['llm_response'] },
  { needed: 'aianalysis.rego.evaluation', by: ['aianalysis.approval.decision'] },
  {
    needed: 'orchestrator.approval.requested',
    by: ['orchestrator.approval.approved', 'orchestrator.approval.rejected', 'orchestrator.approval.expired'],
  },
  {
    needed: 'webhook.approval.decided',
    by: ['orchestrator.approval.approved', 'orchestrator.approval.rejected'],
  },
  { needed: 'workflowexecution.selection.completed', by: ['workflowexecution.execution.started'] },
  {
    needed: 'workflowexecution.execution.started',
    by: ['workflowexecution.workflow.started', 'workflowexecution.workflow.completed'],
  },
];

function findUnfounded(steps: readonly TrailStep[], { needed, by }: Presupposition): readonly TrailGap[] {
  if (steps.some(({ event }) => isOneOf(event, needed))) return [];
  const first = steps.find(({ event }) => isOneOf(event, ...by));
  if (first === undefined) return [];
  return [
    missingBefore(
      first,
      `“${first.title}” presupposes “${eventTitles[needed]}” (${needed}), which is not here`,
    ),
  ];
}

function missingBefore({ index, offsetMs }: TrailStep, why: string): TrailGap {
  const afterStep = index === 0 ? undefined : index - 1;
  return { kind: 'missing_step', why, afterStep, offsetMs, durationMs: undefined };
}

// What an auditor looks for first: a change that needed a person's consent and has none on record.
function findMissingApproval(steps: readonly TrailStep[]): readonly TrailGap[] {
  const decision = steps.find(
    ({ event }) => payloadOf(event, 'aianalysis.approval.decision')?.approval_required === true,
  );
  const change = steps.find(({ event }) =>
    isOneOf(event, 'workflowexecution.selection.completed', 'workflowexecution.execution.started'),
  );
  if (decision === undefined || change === undefined) return [];
  if (steps.some(({ event }) => isOneOf(event, 'orchestrator.approval.approved'))) return [];
  const why = `the policy demanded the approval of a person, and “${change.title}” follows without one on record`;
  return [missingBefore(change, why)];
}

function findSkippedPhases(steps: readonly TrailStep[]): readonly TrailGap[] {
  const phases = new Map<string, string>();
  return steps.flatMap((step): readonly TrailGap[] => {
    const change = phaseChangeOf(step.event);
    if (change === undefined) return [];
    const known = phases.get(change.key);
    phases.set(change.key, change.to);
    if (known === undefined || change.from === undefined || change.from === known) return [];
    const why = `“${step.title}” leaves phase ${change.from}, but the last phase on record is ${known}`;
    return [missingBefore(step, why)];
  });
}
