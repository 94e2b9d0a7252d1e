/**
 * The fields of a Kubernetes AIAnalysis that the audit trail reads, in the object's own spelling. The complete object,
 * as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface AIAnalysis {
  readonly metadata: AIAnalysisMetadata;
  readonly spec: AIAnalysisSpec;
  /** Absent or empty until the controller has seen the object. */
  readonly status?: AIAnalysisStatus;
}

/** Identity of the object. */
export interface AIAnalysisMetadata {
  readonly name: string;
  readonly namespace?: string;
}

/** What is to be analysed. */
export interface AIAnalysisSpec {
  /** The remediation that this analysis belongs to; its name is the correlation id. */
  readonly remediationRequestRef: { readonly name?: string };
  /** Id of the remediation, in early versions its UID; correlates when the reference has no name. */
  readonly remediationId?: string;
  readonly analysisRequest: { readonly signalContext: { readonly environment: string } };
}

/** How far the analysis is, and what it found. */
export interface AIAnalysisStatus {
  readonly phase?: string;
  /** The state in words. */
  readonly message?: string;
  readonly reason?: string;
  /** Finer reason below `reason`, such as `LowConfidence`. */
  readonly subReason?: string;
  /** Root cause in words. */
  readonly rootCause?: string;
  readonly selectedWorkflow?: SelectedWorkflow;
  readonly approvalRequired?: boolean;
  readonly approvalReason?: string;
  /** Id of the investigation at the provider; present once the provider has answered. */
  readonly investigationId?: string;
  /** Whether the target belongs to the owner chain of the affected resource. */
  readonly targetInOwnerChain?: boolean;
  readonly warnings?: readonly string[];
  /** Whether the analysis ran without all its inputs or policies; default false. */
  readonly degradedMode?: boolean;
}

/** The workflow that the provider chose. */
export interface SelectedWorkflow {
  readonly workflowId: string;
  /** 0 to 1 by convention. */
  readonly confidence: number;
}

/** What went wrong. Any JavaScript `Error` fits. */
export interface AnalysisError {
  /** Kind of error such as `TimeoutError`. */
  readonly name?: string;
  readonly message: string;
}
