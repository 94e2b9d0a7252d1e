import type { OpenServer } from '../open-server.ts';
import type { SampleLog } from '../sample-log.ts';

/** The sample log after it was tampered with, while a server ran on it, and what an auditor kept of it from before. */
export interface Scene {
  readonly log: SampleLog;
  /** Started before the log was touched. */
  readonly server: OpenServer;
}

/** What an outsider sees after a tampering: a code with the first bad position if it knows one; undefined for nothing. */
export type Finding = string | undefined;

/** Somebody who looks at a log without trusting its operator, or the server that starts on it. */
export type Outsider = (scene: Scene, evidence: Evidence) => Promise<Finding>;

/** A whole export and the checkpoint after it, as the server gave them; empty when it gives none. */
export interface Evidence {
  readonly text: string;
  readonly checkpoint: string;
  /** What it answered instead of the export. */
  readonly refusal?: string;
}

/** Writes a finding. */
export function findingAt(code: string, sequence?: number | undefined): string {
  return sequence === undefined ? code : `${code} at ${sequence}`;
}
