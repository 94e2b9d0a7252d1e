import type { EventOutcome } from '@audit/schema';

const outcomes: ReadonlyMap<string, EventOutcome> = new Map([
  ['allow', 'success'],
  ['success', 'success'],
  ['approved', 'success'],
  ['auto_approved', 'success'],
  ['requires_approval', 'success'],
  ['deny', 'failure'],
  ['failure', 'failure'],
]);

/** Maps the word of the approval policy to an event outcome: `pending` for a word that decides nothing. */
export function policyOutcome(word: string): EventOutcome {
  return outcomes.get(word) ?? 'pending';
}
