import type { AIAnalysis, AIAnalysisStatus } from '@audit/aianalysis';
import type { RemediationFacts } from '../scenario.ts';
import { apiVersion, ownedMetadata, remediationReference } from './object-metadata.ts';

/** The complete object as the Kubernetes API of January 2026 returns it. */
export interface AIAnalysisObject extends AIAnalysis {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'AIAnalysis';
}

/** An analysis in a state. */
export interface AnalysisState {
  /** Seconds since the start of the remediation. */
  readonly createdAt: number;
  readonly status: AIAnalysisStatus;
}

/** The object in a state. */
export function aiAnalysis(facts: RemediationFacts, { createdAt, status }: AnalysisState): AIAnalysisObject {
  return {
    apiVersion,
    kind: 'AIAnalysis',
    metadata: ownedMetadata(facts, { kind: 'AIAnalysis', name: aiAnalysisName(facts), createdAt }),
    spec: specOf(facts),
    status,
  };
}

/** Name of the object. */
export function aiAnalysisName({ remediationName }: RemediationFacts): string {
  return `ai-${remediationName}`;
}

function specOf(facts: RemediationFacts) {
  const { remediationName, fingerprint, incident, workload, uid } = facts;
  return {
    remediationRequestRef: remediationReference(facts),
    remediationId: uid('RemediationRequest'),
    analysisRequest: {
      signalContext: {
        fingerprint,
        severity: incident.severity,
        signalType: incident.alert,
        environment: 'production',
        businessPriority: 'P1',
        targetResource: { kind: 'Deployment', name: workload.deployment, namespace: workload.namespace },
      },
      analysisTypes: ['incident-analysis', 'root-cause', 'workflow-selection'],
    },
    isRecoveryAttempt: false,
    recoveryAttemptNumber: 0,
    signalProcessingRef: { name: `sp-${remediationName}`, namespace: workload.namespace },
  };
}
