import type { RemediationRequest, RemediationRequestStatus } from '@audit/orchestrator';
import type { RemediationFacts } from '../scenario.ts';
import { apiVersion } from './object-metadata.ts';
import { alertTexts } from './signal.ts';

/** The complete object as the Kubernetes API of January 2026 returns it. */
export interface RemediationRequestObject extends RemediationRequest {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'RemediationRequest';
  readonly metadata: RemediationRequest['metadata'] & { readonly uid: string };
  readonly status: RemediationRequestObjectStatus;
}

/** The status with what the gateway writes into it. */
interface RemediationRequestObjectStatus extends RemediationRequestStatus {
  readonly deduplication?: { readonly occurrenceCount: number; readonly lastSeenAt: string };
}

/** Time limits that the orchestrator sets when the object names none. */
export const defaultTimeLimits = {
  global: '1h0m0s',
  processing: '5m0s',
  analyzing: '10m0s',
  executing: '30m0s',
} as const;

/** The object as the gateway creates it: nobody has worked on it. */
export function newRemediationRequest(
  facts: RemediationFacts,
  occurrenceCount = 1,
): RemediationRequestObject {
  const { time } = facts;
  const deduplication = { occurrenceCount, lastSeenAt: time(0) };
  return { ...objectOf(facts), status: { deduplication } };
}

/** The object while the orchestrator works on it. */
export function remediationRequest(
  facts: RemediationFacts,
  status: RemediationRequestObjectStatus,
): RemediationRequestObject {
  const { status: created, ...object } = newRemediationRequest(facts);
  return {
    ...object,
    status: { ...created, startTime: facts.time(1), timeoutConfig: defaultTimeLimits, ...status },
  };
}

function objectOf(facts: RemediationFacts) {
  const { remediationName, fingerprint, incident, workload, time, uid } = facts;
  const { labels, annotations } = alertTexts(facts);
  return {
    apiVersion,
    kind: 'RemediationRequest',
    metadata: {
      name: remediationName,
      namespace: workload.namespace,
      uid: uid('RemediationRequest'),
      generation: 1,
      creationTimestamp: time(0),
      labels: { 'kubernaut.ai/signal-fingerprint': fingerprint.slice(0, 63) },
    },
    spec: {
      signalFingerprint: fingerprint,
      signalName: incident.alert,
      severity: incident.severity,
      signalType: 'prometheus',
      signalSource: 'prometheus-adapter',
      targetType: 'kubernetes',
      targetResource: { kind: 'Deployment', name: workload.deployment, namespace: workload.namespace },
      firingTime: time(-60),
      receivedTime: time(0),
      signalLabels: labels,
      signalAnnotations: annotations,
    },
  } as const;
}
