import type { Stage } from '../explanation.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** How severe, where and how urgent the signal was found to be, and by what. */
export function readClassification(trail: Trail): Stage {
  const title = 'Classification';
  const errors = stepsOf(trail, 'signalprocessing.error.occurred');
  const facts = withoutRepeats([
    ...factsOf(trail, 'signalprocessing.classification.decision', (payload) => [
      ['severity', 'severity', payload.normalized_severity ?? payload.severity],
      ['external_severity', 'severity at the source', payload.external_severity],
      ['severity_source', 'severity decided by', payload.determination_source],
      ['environment', 'environment', payload.environment],
      ['environment_source', 'environment decided by', payload.environment_source],
      ['priority', 'priority', payload.priority],
      ['priority_source', 'priority decided by', payload.priority_source],
      ['policy_hash', 'policy', payload.policy_hash],
    ]),
    ...factsOf(trail, 'signalprocessing.business.classified', (payload) => [
      ['business_unit', 'business unit', payload.business_unit],
      ['criticality', 'criticality', payload.criticality],
      ['sla', 'service level', payload.sla_requirement],
    ]),
    ...factsOf(trail, 'signalprocessing.error.occurred', (payload) => [
      ['error', 'error', payload.error],
      ['failed_phase', 'failed in', payload.phase],
    ]),
  ]);
  if (facts.length === 0) {
    return absentStage('classification', title, 'no event of signal processing tells a classification');
  }
  const said = ['severity', 'environment', 'priority'].flatMap((name) => factNamed(facts, name) ?? []);
  const error = factNamed(facts, 'error');
  return {
    name: 'classification',
    title,
    state: errors.length > 0 ? 'failed' : 'done',
    summary: error ?? (said.join(', ') || 'classified'),
    facts,
    steps: placesOf(errors, facts),
  };
}
