import type { SignalProcessingStatus } from '@audit/signal-processing';
import type { Step } from '../managers.ts';
import {
  classification,
  kubernetesContext,
  type SignalProcessingObject,
  signalProcessing,
} from '../objects/signal-processing.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { phaseChanged } from './phase-changed.ts';

/** The signal is enriched with what the cluster knows and classified; the analysis may begin. */
export function signalProcessed(facts: RemediationFacts): StoryPart {
  return {
    seconds: 4,
    steps: (start) => {
      const { enriching, enriched, classifying, classified, categorizing, completed } = statesOf(
        facts,
        start,
      );
      return [
        transition(enriching, { atSeconds: start, previousPhase: 'Pending' }),
        {
          atSeconds: start + 1,
          service: 'signal-processing',
          method: 'enrichmentCompleted',
          input: { signalProcessing: enriched, wasEnriched: false, durationMs: 846 },
        },
        transition(classifying, { atSeconds: start + 1, previousPhase: 'Enriching' }),
        {
          atSeconds: start + 2,
          service: 'signal-processing',
          method: 'classificationDecision',
          input: { signalProcessing: classified, wasClassified: false, durationMs: 58 },
        },
        transition(categorizing, { atSeconds: start + 2, previousPhase: 'Classifying' }),
        transition(completed, { atSeconds: start + 3, previousPhase: 'Categorizing' }),
        ...ended(completed, start + 3),
        phaseChanged(facts, { atSeconds: start + 3, from: 'Processing', to: 'Analyzing' }),
      ];
    },
  };
}

/** The namespace of the signal is gone: there is nothing to remedy. */
export function signalRefused(facts: RemediationFacts, reason: string): StoryPart {
  return {
    seconds: 2,
    steps: (start) => {
      const { enriching } = statesOf(facts, start);
      const status = { phase: 'Failed', error: reason };
      const failed = signalProcessing(facts, { createdAt: start, status });
      return [
        transition(enriching, { atSeconds: start, previousPhase: 'Pending' }),
        {
          atSeconds: start + 1,
          service: 'signal-processing',
          method: 'errorOccurred',
          input: { signalProcessing: failed, phase: 'Enriching', error: reason },
        },
        transition(failed, { atSeconds: start + 1, previousPhase: 'Enriching' }),
        {
          atSeconds: start + 1,
          service: 'signal-processing',
          method: 'signalProcessed',
          input: { signalProcessing: failed, previousPhase: 'Enriching' },
        },
      ];
    },
  };
}

// The states of the object, each with what was learned by then.
function statesOf(facts: RemediationFacts, createdAt: number) {
  const stateOf = (status: SignalProcessingStatus) => signalProcessing(facts, { createdAt, status });
  const context = { kubernetesContext: kubernetesContext(facts) };
  const known = { ...context, ...classification(facts) };
  return {
    enriching: stateOf({ phase: 'Enriching' }),
    enriched: stateOf({ ...context, phase: 'Enriching' }),
    classifying: stateOf({ ...context, phase: 'Classifying' }),
    classified: stateOf({ ...known, phase: 'Classifying' }),
    categorizing: stateOf({ ...known, phase: 'Categorizing' }),
    completed: stateOf({ ...known, phase: 'Completed' }),
  };
}

interface TransitionMoment {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly previousPhase: string;
}

function transition(object: SignalProcessingObject, { atSeconds, previousPhase }: TransitionMoment): Step {
  return {
    atSeconds,
    service: 'signal-processing',
    method: 'phaseTransition',
    input: { signalProcessing: object, previousPhase },
  };
}

function ended(completed: SignalProcessingObject, atSeconds: number): readonly Step[] {
  const input = { signalProcessing: completed, previousPhase: 'Categorizing' };
  return [
    { atSeconds, service: 'signal-processing', method: 'signalProcessed', input },
    { atSeconds, service: 'signal-processing', method: 'businessClassified', input },
  ];
}
