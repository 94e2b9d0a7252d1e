/**
 * The fields of a Kubernetes NotificationRequest that the audit trail reads, in the object's own spelling. The complete
 * object, as the Kubernetes API returns it, fits without a cast; fields that are not named here are ignored.
 */
export interface NotificationRequest {
  readonly metadata: NotificationRequestMetadata;
  readonly spec: NotificationRequestSpec;
  /** Absent or empty until the controller has seen the object. */
  readonly status?: NotificationRequestStatus;
}

/** Identity of the object. */
export interface NotificationRequestMetadata {
  readonly name: string;
  readonly namespace?: string;
  /** The correlation id of a notification that belongs to no remediation. */
  readonly uid?: string;
}

/** What is to be said, and how urgent it is. */
export interface NotificationRequestSpec {
  /** The remediation that this notification belongs to; its name is the correlation id. */
  readonly remediationRequestRef?: { readonly name?: string } | null;
  /** Kind of notification such as `escalation` or `approval`. */
  readonly type: string;
  /** Urgency such as `critical` or `medium`. */
  readonly priority: string;
  readonly subject: string;
  readonly body: string;
  readonly metadata?: Readonly<Record<string, string>> | null;
}

/** How far the delivery is. */
export interface NotificationRequestStatus {
  /** `Sent` when every channel has delivered, `Failed` when no attempt is left. */
  readonly phase?: string;
}
