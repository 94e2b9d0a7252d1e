import { durationText } from '../duration-text.ts';
import type { Fact, Stage } from '../explanation.ts';
import type { Trail, TrailStep } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** Whether the change worked, as the workflow and the orchestrator say. */
export function readEffect(trail: Trail): Stage {
  const title = 'Effect';
  const steps = stepsOf(trail, ...effectTypes);
  const facts = effectFacts(trail);
  const places = placesOf(steps, facts);
  const began = stepsOf(trail, 'workflowexecution.execution.started').length > 0;
  if (!began && stepsOf(trail, ...workflowEnds).length === 0) {
    const end = steps.length === 0 ? '' : `: ${trail.outcome.summary}`;
    const summary = `nothing was run, as far as is on record${end}`;
    return { ...absentStage('effect', title, summary), facts, steps: places };
  }
  const isFailed = steps.some(({ outcome }) => outcome === 'failure');
  return {
    name: 'effect',
    title,
    state: isFailed ? 'failed' : steps.length === 0 ? 'open' : 'done',
    summary: factNamed(facts, isFailed ? 'error' : 'result') ?? whatIsKnown(steps),
    facts,
    steps: places,
  };
}

function whatIsKnown(steps: readonly TrailStep[]): string {
  return steps.at(-1)?.title ?? 'the workflow was started and no event tells how it ended';
}

const effectTypes = [
  'workflowexecution.workflow.completed',
  'workflowexecution.workflow.failed',
  'orchestrator.lifecycle.completed',
  'orchestrator.lifecycle.failed',
  'orchestrator.remediation.manual_review',
] as const;

function effectFacts(trail: Trail): readonly Fact[] {
  return withoutRepeats([
    ...workflowEnds.flatMap((type) =>
      factsOf(trail, type, (payload, step) => [
        ['error', 'error', step.error?.message],
        ['failed_task', 'failed task', payload.failed_task_name],
        ['failure_reason', 'class of failure', payload.failure_reason],
        ['run_time', 'run time', timeTaken(step)],
      ]),
    ),
    ...remediationEnds.flatMap((type) =>
      factsOf(trail, type, (payload, step) => [
        ['result', 'result', payload.crd_outcome ?? payload.outcome],
        ['error', 'error', step.error?.message],
        ['failed_phase', 'failed in', payload.failure_phase ?? payload.timeout_phase],
        ['total_time', 'whole time', timeTaken(step)],
      ]),
    ),
    ...factsOf(trail, 'orchestrator.remediation.manual_review', (payload) => [
      ['manual_review', 'handed to a person', payload.reason],
    ]),
  ]);
}

const workflowEnds = ['workflowexecution.workflow.completed', 'workflowexecution.workflow.failed'] as const;
const remediationEnds = ['orchestrator.lifecycle.completed', 'orchestrator.lifecycle.failed'] as const;

function timeTaken({ durationMs }: TrailStep): string | undefined {
  return durationMs === undefined ? undefined : durationText(durationMs);
}
