// The fields of the workflow catalogue that the audit trail reads, spelled as the DataStorage service serialises them.
// Its complete objects fit without a cast; fields that are not named here are ignored.

/** A workflow of the catalogue. */
export interface CatalogueWorkflow {
  /** UUID that the catalogue gave. */
  readonly workflowId: string;
  /** Name that all versions of the workflow share. */
  readonly workflowName: string;
  readonly version: string;
  /** Title for people. */
  readonly name: string;
  readonly description?: WorkflowDescription | null;
  /** `active` in January 2026, `Active` later; the other words likewise. */
  readonly status: string;
  readonly isLatestVersion: boolean;
  /** Engine that runs the workflow, such as `tekton`. */
  readonly executionEngine: string;
  readonly labels?: WorkflowLabels | null;
}

/** What a workflow does: text in January 2026, with more beside it later. */
export type WorkflowDescription = string | { readonly what: string };

/** Labels the catalogue searches by; later versions allow several values. */
export interface WorkflowLabels {
  readonly signalType?: WorkflowLabel;
  readonly severity?: WorkflowLabel;
  readonly component?: WorkflowLabel;
  readonly environment?: WorkflowLabel;
  readonly priority?: WorkflowLabel;
}

/** One value, or several. */
export type WorkflowLabel = string | readonly string[] | null;

/** The new values of what changed in a workflow. */
export interface WorkflowChanges {
  readonly status?: string | null;
  /** Who disabled the workflow. */
  readonly disabledBy?: string | null;
  /** Why it was disabled. */
  readonly disabledReason?: string | null;
  readonly version?: string | null;
  readonly description?: WorkflowDescription | null;
}

/** A search of the catalogue, as it was asked. */
export interface WorkflowSearchRequest {
  /** Name of the RemediationRequest that the search serves; it is the correlation id. */
  readonly remediationId?: string;
  readonly filters?: WorkflowSearchFilters | null;
  /** Largest number of results wanted. */
  readonly topK?: number;
  /** Smallest score wanted; 0 for no limit. */
  readonly minScore?: number;
}

/** Labels a workflow must carry to be found. */
export interface WorkflowSearchFilters {
  readonly signalType?: string;
  readonly severity?: string;
  readonly component?: string;
  readonly environment?: string;
  readonly priority?: string;
  readonly customLabels?: Readonly<Record<string, readonly string[] | null>> | null;
  readonly detectedLabels?: DetectedLabels | null;
  /** Catalogue statuses to search in. */
  readonly status?: readonly string[] | null;
}

/** Properties of the target that were detected in the cluster. */
export interface DetectedLabels {
  /** Properties that could not be detected. */
  readonly failedDetections?: readonly string[] | null;
  readonly gitOpsManaged?: boolean;
  readonly gitOpsTool?: string;
  readonly pdbProtected?: boolean;
  readonly hpaEnabled?: boolean;
  readonly stateful?: boolean;
  readonly helmManaged?: boolean;
  readonly networkIsolated?: boolean;
  readonly serviceMesh?: string;
}

/** What a search found, best first. */
export interface WorkflowSearchResponse {
  readonly workflows: readonly WorkflowSearchResult[] | null;
  /** Number of workflows that match; more than those returned when the search was limited. */
  readonly totalResults: number;
}

/** One workflow that was found. */
export interface WorkflowSearchResult {
  readonly workflowId: string;
  readonly title: string;
  readonly description?: WorkflowDescription | null;
  /** Match from 0 to 1. */
  readonly confidence: number;
}
