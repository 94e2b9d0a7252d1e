import type { LogVerifierState } from './log-verifier-state.ts';

/** Settings of a a `LogVerifier`. */
export interface LogVerifierOptions {
  /** Which records are expected; default `every`. */
  readonly selection?: RecordSelection;
  /** Position after the last record that is expected; left out, nobody sees whether the end was cut off. */
  readonly end?: number;
  /** Log the records must be of; default: what the first says. */
  readonly logId?: string;
  /** Sequence of the first record; default 0, the whole log. What begins before it is unknown. */
  readonly first?: number;
  /** Records beyond this size of the log are refused; default: none are. */
  readonly size?: number;
  /** Correlations whose chains are followed, about 110 bytes each; default 1,000,000. */
  readonly correlationsMax?: number;
  /** Also looks for repeated event ids and for parents that never came, about 200 bytes an event; default false. */
  readonly relations?: boolean;
  /** Longest line, in bytes; default 4 MiB. */
  readonly lineBytesMax?: number;
  /** Where an earlier verification of this log stopped. */
  readonly state?: LogVerifierState;
}

/**
 * Which records of the log are at hand: `every` one of a stretch, every one of some `correlations`, or just `some`. Of
 * correlations the chains are checked, but nobody sees what is left out between; of some records neither.
 */
export type RecordSelection = 'every' | 'correlations' | 'some';
