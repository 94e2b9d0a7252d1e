/**
 * The fields of a Kubernetes SignalProcessing that the audit trail reads, in the object's own spelling. The complete
 * object, as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface SignalProcessing {
  readonly metadata: SignalProcessingMetadata;
  readonly spec: SignalProcessingSpec;
  /** Absent or empty until the controller has seen the object. */
  readonly status?: SignalProcessingStatus;
}

/** Identity of the object. */
export interface SignalProcessingMetadata {
  readonly name: string;
  readonly namespace?: string;
}

/** The signal that is processed. */
export interface SignalProcessingSpec {
  /** The remediation that this belongs to; its name is the correlation id. */
  readonly remediationRequestRef: { readonly name?: string };
  readonly signal: {
    readonly name: string;
    /** Severity exactly as the monitoring source sent it. */
    readonly severity?: string;
  };
}

/** What was learned about the signal so far. */
export interface SignalProcessingStatus {
  readonly phase?: string;
  /** Severity the policy derived from that of the signal. */
  readonly severity?: string;
  /** SHA-256 of the policy text, in hex. */
  readonly policyHash?: string;
  readonly kubernetesContext?: KubernetesContext | null;
  readonly environmentClassification?: EnvironmentClassification | null;
  readonly priorityAssignment?: PriorityAssignment | null;
  readonly businessClassification?: BusinessClassification | null;
  /** What went wrong, in words. */
  readonly error?: string;
}

/** What the cluster knows about the resource. Go leaves out lists that are empty and flags that are false. */
export interface KubernetesContext {
  readonly namespace?: object | null;
  readonly pod?: object | null;
  readonly deployment?: object | null;
  /** Takes the place of `pod` and `deployment` in later versions. */
  readonly workload?: { readonly kind?: string } | null;
  /** Owners of the resource, nearest first. */
  readonly ownerChain?: readonly object[] | null;
  readonly detectedLabels?: { readonly hasPDB?: boolean; readonly hasHPA?: boolean } | null;
  /** Whether the context could be read only in part. */
  readonly degradedMode?: boolean;
}

/** Which environment the resource belongs to, and what said so. */
export interface EnvironmentClassification {
  readonly environment?: string;
  readonly source?: string;
}

/** How urgent the signal is, and what said so. */
export interface PriorityAssignment {
  readonly priority?: string;
  readonly source?: string;
}

/** What the resource means to the business. */
export interface BusinessClassification {
  readonly businessUnit?: string;
  readonly criticality?: string;
  readonly slaRequirement?: string;
}
