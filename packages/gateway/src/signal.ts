/** A signal as an adapter of the gateway has normalised it. Fields that are not named here are ignored. */
export interface Signal {
  /** Name of the adapter, such as `prometheus-alert`; it stands for whoever sent the signal. */
  readonly sourceType: string;
  /** Hash that identifies repeats of the same signal. */
  readonly fingerprint: string;
  readonly alertName: string;
  /** In the words of the source; empty when it gave none. */
  readonly severity: string;
  /** Namespace of the affected resource; empty for cluster-scoped ones. */
  readonly namespace: string;
  /** The affected resource. */
  readonly resource: { readonly kind: string; readonly name: string };
  /** Go writes a map that was never made as null. */
  readonly labels?: Readonly<Record<string, string>> | null;
  /** Go writes a map that was never made as null. */
  readonly annotations?: Readonly<Record<string, string>> | null;
  /** The body as received: text, or its bytes in UTF-8. */
  readonly rawPayload?: string | Uint8Array | null;
}

/**
 * The fields of a Kubernetes RemediationRequest that the audit trail reads, in the object's own spelling. The complete
 * object, as the Kubernetes API returns it, fits without a cast.
 */
export interface RemediationRequest {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly status?: {
    /** Absent until the gateway has initialised it. */
    readonly deduplication?: { readonly occurrenceCount?: number };
  };
}

/** Names a signal in words, for events that no RemediationRequest exists for: `alert:namespace:kind:name`. */
export function signalName({ alertName, namespace, resource, fingerprint }: Signal): string {
  const parts = [alertName, namespace, resource.kind, resource.name];
  return parts.some((part) => part !== '') ? parts.join(':') : fingerprint || 'unknown';
}

/** Names a RemediationRequest as `namespace/name`; undefined when it has no name. */
export function remediationRequestPath({ metadata }: RemediationRequest): string | undefined {
  const { namespace, name } = metadata;
  if (name === '') return undefined;
  return namespace ? `${namespace}/${name}` : name;
}
