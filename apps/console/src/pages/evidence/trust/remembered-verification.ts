import type { Verdict } from '@audit/integrity';
import { createKeptText } from './kept-text.ts';

/** What this browser remembers of the log. */
export interface RememberedVerification {
  /** Newest checkpoint it saw in a verification that held, a signed note. */
  readonly note: string;
  /** When that was, by the clock of this computer. */
  readonly at: string;
  readonly verdict: Verdict;
  readonly records: number;
  /** Whether a key was given that did not come from the server. */
  readonly isTrusted: boolean;
}

const kept = createKeptText('audit-remembered-verification');

/**
 * Remembers the newest checkpoint of a log that held: the next verification demands that the log only grew since. A browser has
 * a storage for each server, so there is one.
 */
export function rememberVerification(verification: RememberedVerification): void {
  kept.write(JSON.stringify(verification));
}

/** Forgets it: the next verification is a first one. */
export function forgetVerification(): void {
  kept.write('');
}

/** What is remembered now. */
export function rememberedVerification(): RememberedVerification | undefined {
  return parse(kept.read());
}

/** Gives a component what is remembered. */
export function useRememberedVerification(): RememberedVerification | undefined {
  return parse(kept.use());
}

// Only this console writes there, so that what parses has the form.
function parse(text: string): RememberedVerification | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as RememberedVerification);
  } catch {
    // Somebody changed it by hand: nothing is remembered then.
    return undefined;
  }
}
