import type { EventType, PayloadOf } from '@audit/schema';
import { phaseChangeOf } from './phase-change.ts';
import { isOneOf, payloadOf, type Seen, textOf } from './seen.ts';
import type { OutcomeStatus, TrailOutcome, TrailStep } from './trail.ts';

/** Tells how a remediation ended; the last event that tells of an end decides. */
export function judgeOutcome(steps: readonly TrailStep[]): TrailOutcome {
  const end = steps.findLast(({ event }) => isOneOf(event, ...endTypes));
  if (end !== undefined) return judgeEnd(end, steps);
  if (steps.some(({ type }) => type.startsWith('orchestrator.'))) return judgeUnended(steps);
  return judgeWithoutOrchestrator(steps);
}

/** The events that end a remediation. */
export const endTypes: readonly EventType[] = [
  'orchestrator.lifecycle.completed',
  'orchestrator.lifecycle.failed',
];

type EndPayload = Seen<PayloadOf<'orchestrator.lifecycle.completed'>>;

function judgeEnd(end: TrailStep, steps: readonly TrailStep[]): TrailOutcome {
  const payload: EndPayload =
    payloadOf(end.event, 'orchestrator.lifecycle.completed', 'orchestrator.lifecycle.failed') ?? {};
  if (end.outcome === 'success') {
    const word = textOf(payload.crd_outcome);
    const summary = word === undefined ? 'the remediation succeeded' : `the remediation succeeded: ${word}`;
    return { status: 'succeeded', summary, step: end.index };
  }
  const status = failureStatus(payload, steps);
  const phase = textOf(payload.failure_phase);
  const where = phase === undefined || status === 'rejected' ? '' : ` in ${phase}`;
  const why = causeOf(end, steps);
  return { status, summary: `${failureWords[status]}${where}${why}`, step: end.index };
}

type FailureStatus = Exclude<OutcomeStatus, 'succeeded' | 'running' | 'unknown' | 'blocked'>;

const failureWords: Readonly<Record<FailureStatus, string>> = {
  failed: 'the remediation failed',
  rejected: 'a person refused the change',
  timed_out: 'the remediation ran out of time',
};

function failureStatus(payload: EndPayload, steps: readonly TrailStep[]): FailureStatus {
  if (payload.failure_reason === 'ApprovalRejected') return 'rejected';
  if (payload.failure_reason === 'Timeout' || textOf(payload.timeout_kind) !== undefined) return 'timed_out';
  if (steps.some(({ event }) => isOneOf(event, 'orchestrator.approval.rejected'))) return 'rejected';
  const workflow = steps.findLast(({ event }) => isOneOf(event, 'workflowexecution.workflow.failed'));
  return workflow?.error?.reason === 'DeadlineExceeded' ? 'timed_out' : 'failed';
}

// The orchestrator repeats the class of a failure; who failed, or refused, says it in words.
function causeOf(end: TrailStep, steps: readonly TrailStep[]): string {
  const refusal = steps.findLast(({ event }) => isOneOf(event, 'orchestrator.approval.rejected'));
  const message = refusal?.error?.message ?? end.error?.message;
  return message === undefined ? '' : `: ${message}`;
}

function judgeUnended(steps: readonly TrailStep[]): TrailOutcome {
  const decided = steps.findLast(({ event }) =>
    isOneOf(event, 'orchestrator.approval.rejected', 'orchestrator.approval.expired'),
  );
  if (decided !== undefined) {
    const isRefused = isOneOf(decided.event, 'orchestrator.approval.rejected');
    const summary = `${isRefused ? 'a person refused the change' : 'nobody decided in time'}${messageOf(decided)}; no event tells of the end`;
    return { status: isRefused ? 'rejected' : 'timed_out', summary, step: decided.index };
  }
  const change = steps.findLast(({ event }) => phaseChangeOf(event)?.key === 'orchestrator');
  const phase = change === undefined ? undefined : phaseChangeOf(change.event)?.to;
  if (change !== undefined && phase === 'Blocked') return judgeBlocked(change, steps);
  const where = phase === undefined ? '' : `, in phase ${phase}`;
  const last = steps.at(-1);
  return {
    status: 'running',
    summary: `no event tells of the end${where}`,
    ...(last && { step: last.index }),
  };
}

function judgeBlocked(change: TrailStep, steps: readonly TrailStep[]): TrailOutcome {
  const block = steps.findLast(({ event }) => isOneOf(event, 'orchestrator.routing.blocked'));
  const reason = block?.details.join(', ');
  return {
    status: 'blocked',
    summary: reason ? `the remediation is held back: ${reason}` : 'the remediation is held back',
    step: (block ?? change).index,
  };
}

function messageOf({ error }: TrailStep): string {
  return error === undefined ? '' : `: ${error.message}`;
}

// A part of a trail, such as one service alone: what ended last decides.
function judgeWithoutOrchestrator(steps: readonly TrailStep[]): TrailOutcome {
  const end = steps.findLast(({ event }) => isOneOf(event, ...partEndTypes));
  if (end === undefined) return { status: 'unknown', summary: 'no event tells how a remediation went' };
  const status = end.outcome === 'success' ? 'succeeded' : 'failed';
  return { status, summary: `${end.title}${messageOf(end)}`, step: end.index };
}

const partEndTypes: readonly EventType[] = [
  'gateway.crd.failed',
  'signalprocessing.error.occurred',
  'aianalysis.analysis.failed',
  'workflowexecution.workflow.completed',
  'workflowexecution.workflow.failed',
];
