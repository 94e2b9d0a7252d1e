import { draftEvent, type EventDraft, gatewayEvents, onlyKnown } from '@audit/schema';
import { type CreationFailure, errorDetails } from './failure.ts';
import {
  basePayload,
  contentMembers,
  occurrenceCount,
  remediationMembers,
  targetMembers,
} from './payload.ts';
import { type RemediationRequest, remediationRequestPath, type Signal, signalName } from './signal.ts';

type Draft<Name extends keyof typeof gatewayEvents> = EventDraft<(typeof gatewayEvents)[Name]>;

/** Input of {@link signalReceived}. */
export interface SignalReceivedInput {
  readonly signal: Signal;
  /** The new RemediationRequest that the signal led to. */
  readonly remediationRequest: RemediationRequest;
}

/** Builds `gateway.signal.received`: a new signal led to a RemediationRequest. */
export function signalReceived({ signal, remediationRequest }: SignalReceivedInput): Draft<'signalReceived'> {
  return draftEvent(gatewayEvents.signalReceived, {
    ...signalEnvelope(signal, remediationRequest),
    event_outcome: 'success',
    event_data: {
      ...basePayload(signal),
      ...targetMembers(signal),
      ...remediationMembers(remediationRequest),
      ...contentMembers(signal),
      deduplication_status: 'new',
    },
  });
}

/** Input of {@link signalDeduplicated}. */
export interface SignalDeduplicatedInput {
  readonly signal: Signal;
  /** The RemediationRequest that handles the signal already, as the update of its repeat counter returned it. */
  readonly remediationRequest: RemediationRequest;
}

/** Builds `gateway.signal.deduplicated`: the signal repeats one that is being handled. */
export function signalDeduplicated(input: SignalDeduplicatedInput): Draft<'signalDeduplicated'> {
  const { signal, remediationRequest } = input;
  return draftEvent(gatewayEvents.signalDeduplicated, {
    ...signalEnvelope(signal, remediationRequest),
    event_outcome: 'success',
    event_data: {
      ...basePayload(signal),
      ...remediationMembers(remediationRequest),
      ...contentMembers(signal),
      deduplication_status: 'duplicate',
      occurrence_count: occurrenceCount(remediationRequest),
    },
  });
}

/** Input of {@link crdCreated}. */
export interface CrdCreatedInput {
  readonly signal: Signal;
  /** The RemediationRequest that Kubernetes accepted. */
  readonly remediationRequest: RemediationRequest;
}

/** Builds `gateway.crd.created`: Kubernetes accepted the RemediationRequest. */
export function crdCreated({ signal, remediationRequest }: CrdCreatedInput): Draft<'crdCreated'> {
  return draftEvent(gatewayEvents.crdCreated, {
    ...creatorEnvelope(signal),
    resource_id: remediationRequestPath(remediationRequest) ?? signalName(signal),
    correlation_id: remediationRequest.metadata.name || signalName(signal),
    event_outcome: 'success',
    event_data: {
      ...basePayload(signal),
      ...targetMembers(signal),
      ...remediationMembers(remediationRequest),
      occurrence_count: 1,
    },
  });
}

/** Input of {@link crdFailed}. */
export interface CrdFailedInput extends CreationFailure {
  readonly signal: Signal;
}

/** Builds `gateway.crd.failed`: one attempt to create a RemediationRequest failed, or was not made. */
export function crdFailed({ signal, ...failure }: CrdFailedInput): Draft<'crdFailed'> {
  return draftEvent(gatewayEvents.crdFailed, {
    ...creatorEnvelope(signal),
    resource_id: signalName(signal),
    correlation_id: signalName(signal),
    event_outcome: 'failure',
    event_data: {
      ...basePayload(signal),
      ...targetMembers(signal),
      error_details: errorDetails(failure),
    },
  });
}

function signalEnvelope(signal: Signal, { metadata }: RemediationRequest) {
  return {
    actor_type: 'external',
    actor_id: signal.sourceType || 'unknown',
    resource_type: 'Signal',
    resource_id: signal.fingerprint || signalName(signal),
    correlation_id: metadata.name || signalName(signal),
    ...onlyKnown({ namespace: signal.namespace }),
  };
}

function creatorEnvelope({ namespace }: Signal) {
  return {
    actor_type: 'gateway',
    actor_id: 'crd-creator',
    resource_type: 'RemediationRequest',
    ...onlyKnown({ namespace }),
  };
}
