import type { PayloadOf } from '@audit/schema';

/** Phase that the contract knows. */
export type Phase = PayloadOf<'aianalysis.analysis.completed'>['phase'];

/** Phase in which an analysis ends. */
export type FinalPhase = Extract<Phase, 'Completed' | 'Failed'>;

const underWay: readonly Phase[] = ['Pending', 'Investigating', 'Analyzing'];
const final: readonly FinalPhase[] = ['Completed', 'Failed'];

/** Reads a phase as the status has it: absent and empty mean `Pending`. */
export function phaseWord(phase: string | undefined): string {
  return phase || 'Pending';
}

/**
 * Maps a status phase to the contract.
 * @param implied what the event says by itself: it stands in for a phase the contract does not know
 */
export function knownPhase(phase: string | undefined, implied: FinalPhase): Phase {
  const word = phaseWord(phase);
  return [...underWay, ...final].find((known) => known === word) ?? implied;
}

/** Tells whether an analysis in this phase surely goes on. A phase the contract does not know may be an end. */
export function isUnderWay(phase: string | undefined): boolean {
  const word = phaseWord(phase);
  return underWay.some((known) => known === word);
}

/** Tells whether an analysis in this phase has surely ended. */
export function isFinal(phase: string | undefined): boolean {
  return final.some((known) => known === phase);
}
