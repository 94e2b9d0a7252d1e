/**
 * The fields of a Kubernetes WorkflowExecution that the audit trail reads, in the object's own spelling. The complete
 * object, as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface WorkflowExecution {
  readonly metadata: WorkflowExecutionMetadata;
  readonly spec: WorkflowExecutionSpec;
  /** Absent or empty until the controller has seen the object. */
  readonly status?: WorkflowExecutionStatus;
}

/** Identity of the object. */
export interface WorkflowExecutionMetadata {
  readonly name: string;
  readonly namespace?: string;
}

/** What is to be executed. */
export interface WorkflowExecutionSpec {
  /** The remediation that this execution belongs to; its name is the correlation id. */
  readonly remediationRequestRef: { readonly name?: string };
  readonly workflowRef: WorkflowRef;
  /** Resource the workflow changes: `namespace/kind/name`, or `kind/name` for cluster-wide ones. */
  readonly targetResource: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The workflow of the catalogue; its image is `containerImage`, in later versions `executionBundle`. */
export type WorkflowRef = {
  readonly workflowId: string;
  readonly version: string;
  readonly workflowName?: string;
  readonly actionType?: string;
} & (
  | { readonly containerImage: string; readonly executionBundle?: string }
  | { readonly containerImage?: string; readonly executionBundle: string }
);

/** How far the execution is. */
export interface WorkflowExecutionStatus {
  readonly phase?: string;
  /** RFC 3339. Go writes its zero time as null. */
  readonly startTime?: string | null;
  /** RFC 3339. Go writes its zero time as null. */
  readonly completionTime?: string | null;
  /** Go duration text such as `1m32s`. */
  readonly duration?: string;
  readonly pipelineRunRef?: { readonly name?: string };
  /** Name of `pipelineRunRef` in later versions. */
  readonly executionRef?: { readonly name?: string };
  readonly executionStatus?: { readonly retryCount?: number };
  /** Present when the phase is Failed. */
  readonly failureDetails?: FailureDetails;
}

/** Why the execution failed. */
export interface FailureDetails {
  /** Kubernetes-style reason such as `OOMKilled`. */
  readonly reason: string;
  readonly message: string;
  readonly failedTaskName?: string;
  readonly failedStepName?: string;
  /** Exit code of the failed container. */
  readonly exitCode?: number;
  /** Whether the workflow had begun, so that it may have changed the cluster; default false. */
  readonly wasExecutionFailure?: boolean;
}
