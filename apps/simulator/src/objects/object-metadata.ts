import type { RemediationFacts } from '../scenario.ts';

/** API version of every object of the platform. */
export const apiVersion = 'kubernaut.ai/v1alpha1';

/** What {@link ownedMetadata} needs to know. */
export interface ObjectIdentity {
  readonly kind: string;
  readonly name: string;
  /** Seconds since the start of the remediation. */
  readonly createdAt: number;
}

/** Metadata of an object that the orchestrator creates for a remediation, which owns it. */
export function ownedMetadata(facts: RemediationFacts, { kind, name, createdAt }: ObjectIdentity) {
  return {
    name,
    namespace: facts.workload.namespace,
    uid: facts.uid(kind),
    generation: 1,
    creationTimestamp: facts.time(createdAt),
    labels: {
      'kubernaut.ai/component': componentOf(kind),
      'kubernaut.ai/remediation-request': facts.remediationName,
    },
    finalizers: [`${kind.toLowerCase()}.kubernaut.ai/finalizer`],
    ownerReferences: [
      {
        apiVersion,
        kind: 'RemediationRequest',
        name: facts.remediationName,
        uid: facts.uid('RemediationRequest'),
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
}

/** Refers to the remediation that an object belongs to. */
export function remediationReference({ remediationName, workload, uid }: RemediationFacts) {
  return {
    apiVersion,
    kind: 'RemediationRequest',
    name: remediationName,
    namespace: workload.namespace,
    uid: uid('RemediationRequest'),
  };
}

function componentOf(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
