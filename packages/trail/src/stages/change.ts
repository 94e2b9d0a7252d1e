import type { Stage } from '../explanation.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** What was changed: which workflow ran, at what, with which parameters. */
export function readChange(trail: Trail): Stage {
  const title = 'Change';
  const steps = stepsOf(trail, ...changeTypes);
  const facts = withoutRepeats([
    ...factsOf(trail, 'orchestrator.routing.blocked', ({ block_details }, { details }) => [
      ['blocked', 'held back', block_details === undefined ? 'yes' : details.join(', ')],
    ]),
    ...factsOf(trail, 'webhook.workflow.unblocked', (payload, { actor }) => [
      ['released_by', 'released by', actor?.id],
      ['release_reason', 'released because', payload.clear_reason],
    ]),
    ...workflowTypes.flatMap((type) =>
      factsOf(trail, type, (payload) => [
        ['workflow', 'workflow', payload.workflow_name ?? payload.workflow_id],
        ['workflow_version', 'version', payload.workflow_version],
        ['target', 'target', payload.target_resource],
        ['action', 'action', payload.action_type],
        ['parameters', 'parameters', payload.parameters],
        ['image', 'image', payload.container_image],
        ['run', 'run', payload.pipelinerun_name],
      ]),
    ),
  ]);
  if (stepsOf(trail, ...workflowTypes).length === 0) {
    const blocked = factNamed(facts, 'blocked');
    const why = blocked === undefined ? '' : `; the remediation was held back: ${blocked}`;
    return { ...absentStage('change', title, `nothing was changed, as far as is on record${why}`), facts };
  }
  return {
    name: 'change',
    title,
    state: stepsOf(trail, 'workflowexecution.execution.started').length > 0 ? 'done' : 'open',
    summary: `${factNamed(facts, 'workflow') ?? 'a workflow'} at ${factNamed(facts, 'target') ?? 'an unnamed target'}`,
    facts,
    steps: placesOf(steps, facts),
  };
}

const workflowTypes = [
  'workflowexecution.selection.completed',
  'workflowexecution.execution.started',
  'workflowexecution.workflow.started',
] as const;

const changeTypes = ['orchestrator.routing.blocked', 'webhook.workflow.unblocked', ...workflowTypes] as const;
