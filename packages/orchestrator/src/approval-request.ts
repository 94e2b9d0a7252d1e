/**
 * The fields of a Kubernetes RemediationApprovalRequest that the audit trail reads, in the object's own spelling. The
 * complete object, as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface ApprovalRequest {
  readonly metadata: ApprovalRequestMetadata;
  readonly spec: ApprovalRequestSpec;
  /** Absent or empty until somebody has decided. */
  readonly status?: ApprovalRequestStatus;
}

/** Identity of the object. */
export interface ApprovalRequestMetadata {
  /** `rar-<name of the RemediationRequest>`. */
  readonly name: string;
  readonly namespace?: string;
}

/** What is to be approved. */
export interface ApprovalRequestSpec {
  /** The remediation that waits; its name is the correlation id. */
  readonly remediationRequestRef: { readonly name?: string };
  readonly recommendedWorkflow: { readonly workflowId?: string };
  /** Confidence of the analysis, from 0 to 1. */
  readonly confidence: number;
  /** Deadline as RFC 3339. Go writes its zero time as null. */
  readonly requiredBy: string | null;
}

/** What was decided. */
export interface ApprovalRequestStatus {
  /** `Approved`, `Rejected` or `Expired`; empty before. */
  readonly decision?: string;
  /** Name of the user; `system` when nobody decided in time. */
  readonly decidedBy?: string;
  readonly decisionMessage?: string;
}
