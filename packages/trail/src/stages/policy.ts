import type { Stage } from '../explanation.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** Whether the policy let the change go on alone, asked for a person, or refused it. */
export function readPolicy(trail: Trail): Stage {
  const title = 'Policy';
  const steps = stepsOf(trail, 'aianalysis.rego.evaluation', 'aianalysis.approval.decision');
  if (steps.length === 0) {
    return absentStage('policy', title, 'no policy was evaluated, as far as is on record');
  }
  const facts = withoutRepeats([
    ...factsOf(trail, 'aianalysis.rego.evaluation', (payload) => [
      ['policy_outcome', 'policy said', payload.outcome],
      ['reason', 'because', payload.reason],
      [
        'degraded',
        'degraded',
        payload.degraded === true ? 'yes: the policy could not be evaluated' : undefined,
      ],
    ]),
    ...factsOf(trail, 'aianalysis.approval.decision', (payload) => [
      ['decision', 'decision', payload.decision],
      ['reason', 'because', payload.reason],
      ['environment', 'environment', payload.environment],
      ['confidence', 'confidence', payload.confidence],
    ]),
  ]);
  const decision = factNamed(facts, 'decision') ?? factNamed(facts, 'policy_outcome') ?? 'no answer';
  const reason = factNamed(facts, 'reason');
  return {
    name: 'policy',
    title,
    state: steps.some(({ outcome }) => outcome === 'failure') ? 'failed' : 'done',
    summary: reason === undefined ? decision : `${decision}: ${reason}`,
    facts,
    steps: placesOf(steps, facts),
  };
}
