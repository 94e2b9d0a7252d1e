import type { Message } from './objects/notification-request.ts';
import type { RemediationFacts } from './scenario.ts';

/** Tells that the workload has recovered. */
export function recovered({ incident, remediationName, workload }: RemediationFacts): Message {
  const { workflowName, rationale } = incident.workflow;
  return {
    about: 'completion',
    type: 'simple',
    priority: 'medium',
    subject: `${workload.deployment} recovered: ${incident.alert} is resolved`,
    body: `Remediation ${remediationName} ran "${workflowName}" on deployment ${workload.deployment}. Why: ${rationale}`,
  };
}

/** Tells that a person must take over. */
export function needsPerson(facts: RemediationFacts, reason: string): Message {
  const { incident, remediationName, workload } = facts;
  return {
    about: 'manual-review',
    type: 'manual-review',
    priority: incident.severity === 'critical' ? 'critical' : 'high',
    subject: `Manual review needed: ${incident.alert} at ${workload.deployment}`,
    body: `Remediation ${remediationName} did not succeed. ${reason}`,
  };
}

/** Asks for an approval. */
export function askForApproval({ incident, remediationName, workload }: RemediationFacts): Message {
  const { workflowName, confidence, rationale } = incident.workflow;
  return {
    about: 'approval',
    type: 'approval',
    priority: 'high',
    subject: `Approval needed: ${workflowName} on ${workload.deployment}`,
    body: `Remediation ${remediationName} waits for a decision. Confidence ${confidence}. Why: ${rationale}`,
  };
}

/** Tells that the remediation is held back. */
export function heldBack(facts: RemediationFacts, reason: string): Message {
  const { incident, remediationName, workload } = facts;
  return {
    about: 'status',
    type: 'status-update',
    priority: 'low',
    subject: `${workload.deployment}: the remediation of ${incident.alert} waits`,
    body: `Remediation ${remediationName} waits. ${reason}`,
  };
}
