import { payloadOf, textOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

/** A controller that went from one phase to another. */
export interface PhaseChange {
  /** Tells controllers apart. */
  readonly key: string;
  readonly from: string | undefined;
  readonly to: string;
  /** Whether nothing comes after it. */
  readonly isEnd: boolean;
}

/** The change of phase that an event tells of; undefined when it tells of none. */
export function phaseChangeOf(event: TrailEvent): PhaseChange | undefined {
  const remediation = payloadOf(event, 'orchestrator.lifecycle.transitioned', 'orchestrator.routing.blocked');
  if (remediation !== undefined)
    return toChange('orchestrator', remediation.from_phase, remediation.to_phase);
  const processing = payloadOf(event, 'signalprocessing.phase.transition');
  if (processing !== undefined)
    return toChange('signalprocessing', processing.from_phase, processing.to_phase);
  const analysis = payloadOf(event, 'aianalysis.phase.transition');
  return analysis === undefined ? undefined : toChange('aianalysis', analysis.old_phase, analysis.new_phase);
}

function toChange(key: string, from: unknown, to: unknown): PhaseChange | undefined {
  const name = textOf(to);
  if (name === undefined) return undefined;
  return { key, from: textOf(from), to: name, isEnd: name === 'Completed' || name === 'Failed' };
}
