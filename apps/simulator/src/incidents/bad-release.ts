import type { Incident } from '../incident.ts';
import type { Workload } from '../scenario.ts';

/** A release brings errors; the one before it comes back. */
export function badRelease({ namespace, deployment }: Workload): Incident {
  return {
    alert: 'HighErrorRate',
    severity: 'critical',
    summary: `${deployment} answers 18 % of its requests with an error`,
    investigation: {
      seconds: 31,
      toolCalls: [
        {
          tool: 'kubectl_rollout_history',
          arguments: { kind: 'Deployment', name: deployment, namespace },
          result: { revision: 42, image: `${deployment}:4.18.0`, previousImage: `${deployment}:4.17.2` },
        },
        {
          tool: 'kubectl_logs',
          arguments: { namespace, selector: `app=${deployment}`, since: '10m' },
          result: { lines: 3120, mostFrequent: 'column "fee" does not exist' },
        },
      ],
      rootCause: `Errors of ${deployment} began within a minute of the rollout of 4.18.0, which reads a column that its own migration drops. Revision 41 did not read it.`,
      contributingFactors: ['the migration ran before the new pods were ready'],
    },
    workflow: {
      workflowId: '4e0a9d64-5c1d-4f0b-8a57-27d1f4c9be10',
      image: 'roll-back-release',
      version: '2.1.3',
      workflowName: 'Roll back release',
      description: 'Undoes the migrations of a release and brings the revision before it back.',
      actionType: 'RollbackDeployment',
      parameters: { NAMESPACE: namespace, DEPLOYMENT: deployment, REVISION: 'previous' },
      confidence: 0.81,
      rationale: 'Errors began within a minute of the rollout of the current revision.',
    },
  };
}
