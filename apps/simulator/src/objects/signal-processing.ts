import { hash } from 'node:crypto';
import type { SignalProcessing, SignalProcessingStatus } from '@audit/signal-processing';
import type { RemediationFacts } from '../scenario.ts';
import { apiVersion, ownedMetadata, remediationReference } from './object-metadata.ts';
import { alertTexts } from './signal.ts';

/** The complete object as the Kubernetes API of January 2026 returns it. */
export interface SignalProcessingObject extends SignalProcessing {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'SignalProcessing';
}

/** The processing of a signal in a state. */
export interface SignalProcessingState {
  /** Seconds since the start of the remediation. */
  readonly createdAt: number;
  readonly status: SignalProcessingStatus;
}

/** The object in a state. */
export function signalProcessing(
  facts: RemediationFacts,
  { createdAt, status }: SignalProcessingState,
): SignalProcessingObject {
  const name = `sp-${facts.remediationName}`;
  return {
    apiVersion,
    kind: 'SignalProcessing',
    metadata: ownedMetadata(facts, { kind: 'SignalProcessing', name, createdAt }),
    spec: specOf(facts),
    status,
  };
}

/** What the cluster knows about the workload. */
export function kubernetesContext({ workload, time }: RemediationFacts) {
  const { namespace, deployment } = workload;
  return {
    namespace: { name: namespace, labels: { environment: 'production', team: namespace } },
    deployment: { name: deployment, replicas: 3, availableReplicas: 1, lastUpdated: time(-3600) },
    ownerChain: [
      { namespace, kind: 'ReplicaSet', name: `${deployment}-${hash('sha256', deployment).slice(0, 9)}` },
      { namespace, kind: 'Deployment', name: deployment },
    ],
    detectedLabels: { hasPDB: true, hasHPA: false },
    degradedMode: false,
  };
}

/** What the classification policy says about the signal. */
export function classification({ incident, workload }: RemediationFacts) {
  return {
    severity: incident.severity,
    policyHash: hash('sha256', 'classification policy 7'),
    environmentClassification: { environment: 'production', source: 'namespace-labels' },
    priorityAssignment: { priority: 'P1', source: 'rego-policy' },
    businessClassification: {
      businessUnit: workload.namespace,
      criticality: 'high',
      slaRequirement: 'gold',
    },
  };
}

function specOf(facts: RemediationFacts) {
  const { fingerprint, incident, workload, time } = facts;
  return {
    remediationRequestRef: remediationReference(facts),
    signal: {
      fingerprint,
      name: incident.alert,
      severity: incident.severity,
      type: 'prometheus',
      source: 'prometheus-adapter',
      targetType: 'kubernetes',
      targetResource: { kind: 'Deployment', name: workload.deployment, namespace: workload.namespace },
      ...alertTexts(facts),
      firingTime: time(-60),
      receivedTime: time(0),
    },
  };
}
