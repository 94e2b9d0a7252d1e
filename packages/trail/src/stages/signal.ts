import type { Stage } from '../explanation.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** The alert that began it, how often it came, and whether a remediation could be created for it. */
export function readSignal(trail: Trail): Stage {
  const title = 'Signal';
  const steps = stepsOf(
    trail,
    'gateway.signal.received',
    'gateway.signal.deduplicated',
    'gateway.crd.created',
    'gateway.crd.failed',
  );
  if (steps.length === 0) {
    return absentStage('signal', title, 'no event of the gateway: what began this is not on record');
  }
  const facts = withoutRepeats([
    ...signalTypes.flatMap((type) => factsOf(trail, type, signalFacts)),
    ...factsOf(trail, 'gateway.signal.deduplicated', (payload) => [
      ['occurrences', 'seen', payload.occurrence_count],
    ]),
    ...factsOf(trail, 'gateway.crd.failed', (_, { error }) => [['error', 'error', error?.message]]),
  ]);
  const repeats = stepsOf(trail, 'gateway.signal.deduplicated').length;
  const isFailed = factNamed(facts, 'error') !== undefined;
  return {
    name: 'signal',
    title,
    state: isFailed ? 'failed' : 'done',
    summary: `${factNamed(facts, 'alert') ?? 'a signal'} at ${factNamed(facts, 'resource') ?? 'an unnamed resource'}${
      repeats === 0 ? '' : `, repeated ${repeats}×`
    }${isFailed ? '; no remediation request could be created' : ''}`,
    facts,
    steps: placesOf(steps, facts),
  };
}

const signalTypes = ['gateway.signal.received', 'gateway.crd.created', 'gateway.crd.failed'] as const;

function signalFacts(payload: {
  readonly alert_name?: unknown;
  readonly severity?: unknown;
  readonly resource_kind?: unknown;
  readonly resource_name?: unknown;
  readonly namespace?: unknown;
  readonly signal_annotations?: unknown;
}) {
  const { alert_name, severity, resource_kind, resource_name, namespace, signal_annotations } = payload;
  return [
    ['alert', 'alert', alert_name],
    ['severity', 'severity', severity],
    [
      'resource',
      'resource',
      [resource_kind, resource_name].filter((part) => typeof part === 'string').join(' '),
    ],
    ['namespace', 'namespace', namespace],
    ['annotations', 'annotations', signal_annotations],
  ] as const;
}
