import { onlyKnown, type PayloadOf } from '@audit/schema';
import { type RemediationRequest, remediationRequestPath, type Signal } from './signal.ts';
import { bodyMembers } from './signal-body.ts';

type Payload = Omit<PayloadOf<'gateway.signal.received'>, 'event_type'>;

/** The members that every payload has. */
export type BasePayload = Pick<Payload, 'signal_type' | 'alert_name' | 'namespace' | 'fingerprint'>;

/** The members that depend on what is known. */
export type FurtherPayload = Omit<Payload, keyof BasePayload>;

const signalTypes: readonly Payload['signal_type'][] = ['prometheus-alert', 'kubernetes-event'];

/** Tells which signal it is. An adapter that the contract does not list reports the type `alert`. */
export function basePayload(signal: Signal): BasePayload {
  return {
    signal_type: signalTypes.find((type) => type === signal.sourceType) ?? 'alert',
    alert_name: signal.alertName,
    namespace: signal.namespace,
    fingerprint: signal.fingerprint,
  };
}

/** Tells how severe the signal is, in the words of its source, and which resource it is about. */
export function targetMembers({ severity, resource }: Signal): FurtherPayload {
  return onlyKnown({ severity, resource_kind: resource.kind, resource_name: resource.name });
}

/** Keeps what a remediation can be reconstructed from. Labels and annotations are always present. */
export function contentMembers({ labels, annotations, rawPayload }: Signal): FurtherPayload {
  return {
    signal_labels: labels ?? {},
    signal_annotations: annotations ?? {},
    ...bodyMembers(rawPayload),
  };
}

/** Names the RemediationRequest that handles the signal. */
export function remediationMembers(remediationRequest: RemediationRequest): FurtherPayload {
  return onlyKnown({ remediation_request: remediationRequestPath(remediationRequest) });
}

// The contract counts in 32 bits, as Kubernetes does.
const countMax = 2 ** 31 - 1;

/** Reads how often the signal was seen; 1 when that is not known, for it was seen. */
export function occurrenceCount({ status }: RemediationRequest): number {
  const count = status?.deduplication?.occurrenceCount ?? 1;
  return Number.isInteger(count) && count > 0 ? Math.min(count, countMax) : 1;
}
