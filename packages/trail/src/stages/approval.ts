import type { Fact, Stage } from '../explanation.ts';
import { isOneOf, payloadOf, textOf } from '../seen.ts';
import type { Trail, TrailStep } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** Who decided, when and why; or that nobody did, or had to. */
export function readApproval(trail: Trail): Stage {
  const title = 'Approval';
  const steps = stepsOf(trail, ...approvalTypes);
  if (steps.length === 0) return absentStage('approval', title, whyAbsent(trail));
  const facts = approvalFacts(trail);
  const last = steps.findLast(({ event }) => !isOneOf(event, 'orchestrator.approval.requested'));
  return {
    name: 'approval',
    title,
    state: last === undefined ? 'open' : isRefusal(last) ? 'failed' : 'done',
    summary: summaryOf(facts, last),
    facts,
    steps: placesOf(steps, facts),
  };
}

const approvalTypes = [
  'orchestrator.approval.requested',
  'webhook.approval.decided',
  'orchestrator.approval.approved',
  'orchestrator.approval.rejected',
  'orchestrator.approval.expired',
] as const;

function whyAbsent(trail: Trail): string {
  const decisions = stepsOf(trail, 'aianalysis.approval.decision');
  const payloads = decisions.map(({ event }) => payloadOf(event, 'aianalysis.approval.decision'));
  if (payloads.some((payload) => payload?.approval_required === true)) {
    return 'the policy demanded the approval of a person, and none is on record';
  }
  if (payloads.some((payload) => payload?.auto_approved === true)) {
    return 'no person was asked: the policy approved by itself';
  }
  return 'no person was asked, as far as is on record';
}

function approvalFacts(trail: Trail): readonly Fact[] {
  return withoutRepeats([
    ...factsOf(trail, 'orchestrator.approval.requested', (payload) => [
      ['requested', 'asked for', payload.rar_name],
      ['required_by', 'decision due', payload.required_by],
      ['confidence', 'confidence', payload.confidence_str],
    ]),
    ...factsOf(trail, 'webhook.approval.decided', (payload, { actor }) => [
      ['decision', 'decision', payload.decision],
      ['decided_by', 'decided by', actor?.id],
      ['decided_at', 'decided at', payload.decided_at],
      ['reason', 'reason', payload.decision_message],
    ]),
    ...outcomeTypes.flatMap((type) =>
      factsOf(trail, type, (payload, { actor }) => [
        ['decision', 'decision', payload.decision],
        ['decided_by', 'decided by', textOf(payload.decided_by) ?? actor?.id],
        ['reason', 'reason', textOf(payload.rejection_reason) ?? payload.message],
      ]),
    ),
  ]);
}

const outcomeTypes = [
  'orchestrator.approval.approved',
  'orchestrator.approval.rejected',
  'orchestrator.approval.expired',
] as const;

function isRefusal(step: TrailStep): boolean {
  const decided = payloadOf(step.event, 'webhook.approval.decided')?.decision;
  return step.outcome === 'failure' || (decided !== undefined && decided !== 'Approved');
}

function summaryOf(facts: readonly Fact[], last: TrailStep | undefined): string {
  if (last === undefined) return 'a person was asked and no decision is on record';
  const decision = factNamed(facts, 'decision') ?? last.title;
  const person = factNamed(facts, 'decided_by');
  const reason = factNamed(facts, 'reason');
  return `${decision}${person === undefined ? '' : ` by ${person}`}${reason === undefined ? '' : `: ${reason}`}`;
}
