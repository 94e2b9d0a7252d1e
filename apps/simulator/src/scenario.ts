import type { Incident } from './incident.ts';
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
  /** Tells signals apart: 64 hex digits. */
  readonly fingerprint: string;
  readonly workload: Workload;
  /** What happened to the workload. */
  readonly incident: Incident;
  /** A moment of the remediation as Kubernetes writes it: RFC 3339, UTC, whole seconds. */
  readonly time: (atSeconds: number) => string;
  /** UID of something that belongs to the remediation, such as `AIAnalysis`: the same name, the same UID. */
  readonly uid: (name: string) => string;
}

/** Plays one remediation: the steps in order of time. */
export type RemediationScript = (facts: RemediationFacts) => readonly Step[];

/** A story: an incident, or the same one at several workloads at once, and what the services do about it. */
export interface Scenario {
  readonly name: string;
  readonly incident: (workload: Workload) => Incident;
  readonly endsIn: 'success' | 'failure';
  /** One script per alert; all start together. */
  readonly scripts: readonly [RemediationScript, ...RemediationScript[]];
}
