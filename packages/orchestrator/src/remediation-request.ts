/**
 * The fields of a Kubernetes RemediationRequest that the audit trail reads, in the object's own spelling. The complete
 * object, as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface RemediationRequest {
  readonly metadata: RemediationRequestMetadata;
  /** Absent or empty until the controller has seen the object. */
  readonly status?: RemediationRequestStatus;
}

/** Identity of the object; its name is the correlation id of everything that happens for it. */
export interface RemediationRequestMetadata {
  readonly name: string;
  readonly namespace?: string;
  /** RFC 3339. Go writes its zero time as null. */
  readonly creationTimestamp?: string | null;
}

/** How far the remediation is. */
export interface RemediationRequestStatus {
  readonly overallPhase?: string;
  /** RFC 3339. Go writes its zero time as null. */
  readonly startTime?: string | null;
  readonly timeoutConfig?: TimeoutLimits | null;
  /** How it ended, for example `Remediated` or `NoActionRequired`. */
  readonly outcome?: string;
  /** Part of the remediation that failed, for example `ai_analysis`, in later versions `AIAnalysis`. */
  readonly failurePhase?: string | null;
  /** Why it failed, in words. */
  readonly failureReason?: string | null;
  /** Phase it was in when a time limit ran out. */
  readonly timeoutPhase?: string | null;
  /** Why routing holds it back, for example `ResourceBusy`. */
  readonly blockReason?: string;
  readonly blockMessage?: string;
  /** RFC 3339; absent when the block ends by something that happens, not by time. */
  readonly blockedUntil?: string | null;
  /** WorkflowExecution that holds the target. */
  readonly blockingWorkflowExecution?: string;
  /** RemediationRequest that already handles the same signal. */
  readonly duplicateOf?: string;
  readonly consecutiveFailureCount?: number;
  readonly selectedWorkflowRef?: { readonly workflowId?: string } | null;
}

/** Time limits, as Go duration text such as `1h0m0s`. */
export interface TimeoutLimits {
  readonly global?: string | null;
  readonly processing?: string | null;
  readonly analyzing?: string | null;
  readonly executing?: string | null;
}
