import type { Step } from './managers.ts';

/** A workload that something happens to. */
export interface Workload {
  readonly namespace: string;
  readonly deployment: string;
}

/** What differs from one remediation to the next. */
export interface RemediationFacts {
  /** Name of the RemediationRequest, which is the correlation id. */
  readonly remediationName: string;
  readonly remediationUid: string;
  readonly executionUid: string;
  readonly workload: Workload;
  /** A moment of the remediation as Kubernetes writes it: RFC 3339, UTC, whole seconds. */
  readonly time: (atSeconds: number) => string;
}

/** Plays one remediation: the steps in order of time. */
export type RemediationScript = (facts: RemediationFacts) => readonly Step[];

/** A story: an alert, or several at once, and what the services do about them. */
export interface Scenario {
  readonly name: string;
  /** Name of the alert. */
  readonly alert: string;
  readonly endsIn: 'success' | 'failure';
  /** One script per alert; all start together. */
  readonly scripts: readonly [RemediationScript, ...RemediationScript[]];
}
