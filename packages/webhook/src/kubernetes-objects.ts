// The fields of Kubernetes objects that the audit trail reads, in the objects' own spelling. Complete objects, as an
// AdmissionReview carries them, fit without a cast; fields that are not named here are ignored.

/** Identity of an object. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  /** Identity for ever, set by the API server. */
  readonly uid?: string;
}

/** A message to people. */
export interface NotificationRequest {
  readonly metadata: ObjectMetadata & {
    /** Set once somebody has asked for the deletion. RFC 3339; Go writes its zero time as null. */
    readonly deletionTimestamp?: string | null;
  };
  readonly spec: {
    /** The remediation that the message is about; its name is the correlation id. */
    readonly remediationRequestRef?: { readonly name?: string } | null;
    /** `status-update` in January 2026, `StatusUpdate` later. */
    readonly type: string;
    /** `high` in January 2026, `High` later. */
    readonly priority: string;
    /** Later versions choose recipients by rules and have none here. */
    readonly recipients?: readonly Recipient[] | null;
  };
  readonly status?: { readonly phase?: string };
}

/** Whom a message goes to. */
export interface Recipient {
  readonly email?: string;
  readonly slack?: string;
  readonly teams?: string;
  readonly phone?: string;
  readonly webhookURL?: string;
}

/** An execution that may be blocked until somebody clears it. */
export interface WorkflowExecution {
  readonly metadata: ObjectMetadata;
  readonly spec: {
    /** The remediation that this execution belongs to; its name is the correlation id. */
    readonly remediationRequestRef: { readonly name?: string };
  };
  /** Absent or empty until the controller has seen the object. */
  readonly status?: { readonly blockClearance?: BlockClearance | null };
}

/** Says why a block may be lifted. */
export interface BlockClearance {
  readonly clearReason: string;
  /** Written by the webhook; what a user writes here is overwritten. */
  readonly clearedBy?: string;
}

/** A question to people whether a remediation may go on. */
export interface RemediationApprovalRequest {
  readonly metadata: ObjectMetadata;
  readonly spec: {
    /** The remediation that waits; its name is the correlation id. */
    readonly remediationRequestRef: { readonly name?: string };
    /** The analysis that asks. */
    readonly aiAnalysisRef: { readonly name?: string };
  };
  readonly status?: {
    /** Empty until somebody decides; then `Approved`, `Rejected` or `Expired`. */
    readonly decision?: string;
    /** `system` when the controller let the request expire. */
    readonly decidedBy?: string;
    readonly decisionMessage?: string;
  };
}

/** A remediation. */
export interface RemediationRequest {
  readonly metadata: ObjectMetadata;
  readonly status?: { readonly timeoutConfig?: TimeoutConfig | null };
}

/** Time limits as Go duration text such as `1h0m0s`; a limit that is not set is null or absent. */
export interface TimeoutConfig {
  readonly global?: string | null;
  readonly processing?: string | null;
  readonly analyzing?: string | null;
  readonly executing?: string | null;
}
