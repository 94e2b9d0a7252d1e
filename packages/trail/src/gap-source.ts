import type { Pair } from './find-pairs.ts';
import type { TrailSpan, TrailStep } from './trail.ts';

/** What gaps are looked for in. */
export interface GapSource {
  readonly steps: readonly TrailStep[];
  readonly pairs: readonly Pair[];
  readonly spans: readonly TrailSpan[];
  /** Place of the step that ended the remediation; undefined while it has no end. */
  readonly endStep: number | undefined;
  /** The present in milliseconds since the first event; undefined when nobody says. */
  readonly nowOffsetMs: number | undefined;
}
