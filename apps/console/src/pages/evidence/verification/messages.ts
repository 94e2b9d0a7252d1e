import type { ExportReport, ListedRecord, LogKeyPeriod, PackReport } from '@audit/integrity';

/** Whom the person trusts; without keys, those of the server or pack itself are used. */
export interface GivenTrust {
  readonly keys: readonly LogKeyPeriod[];
  readonly witnesses: readonly string[];
}

/** Verifies the log of the server that the page came from. */
export interface LogJob {
  readonly kind: 'log';
  readonly trust: GivenTrust;
  /** Bearer token, where one is used. */
  readonly token?: string | undefined;
  /** Signed note of the checkpoint that this browser remembers. */
  readonly remembered?: string | undefined;
}

/** Verifies an evidence pack, without asking anybody. */
export interface PackJob {
  readonly kind: 'pack';
  readonly trust: GivenTrust;
  readonly file: Blob;
  /** Most records to list of it. */
  readonly recordsMax: number;
}

/** What the page tells the worker. Jobs are told apart by their id. */
export type ToWorker =
  | { readonly id: number; readonly do: 'begin'; readonly job: LogJob | PackJob }
  | { readonly id: number; readonly do: 'pause' | 'resume' | 'cancel' };

/** How far a job got. Of a log that is counted in records, of a pack in bytes. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** Milliseconds that it worked, pauses left out. */
  readonly activeMs: number;
  readonly bytes: number;
}

/** What came of the verification of a log. */
export interface LogResult {
  readonly kind: 'log';
  readonly report: ExportReport;
  /** Whether a key was given. */
  readonly isTrusted: boolean;
  /** Newest checkpoint of the log, to be remembered; absent unless it only grew. */
  readonly newest?: string | undefined;
  /** The record at the first fault as the server has it now, where there is one. */
  readonly record?: ListedRecord | undefined;
  readonly progress: JobProgress;
}

/** What came of the verification of a pack. */
export interface PackResult {
  readonly kind: 'pack';
  readonly report: PackReport;
  readonly isTrusted: boolean;
  /** Records of the pack in its order, at most as many as were asked for. */
  readonly records: readonly ListedRecord[];
}

/** Why a job came to no result. */
export interface JobFailure {
  /** HTTP status of the server's refusal; undefined when no answer came or it was not about one. */
  readonly status?: number | undefined;
  readonly message: string;
}

/** What the worker tells the page. */
export type FromWorker = { readonly id: number } & (
  | { readonly is: 'progress'; readonly progress: JobProgress }
  | { readonly is: 'paused'; readonly progress: JobProgress }
  /** The connection broke; `resume` goes on where it was. */
  | { readonly is: 'interrupted'; readonly progress: JobProgress; readonly message: string }
  | { readonly is: 'done'; readonly result: LogResult | PackResult }
  | { readonly is: 'failed'; readonly failure: JobFailure }
);
