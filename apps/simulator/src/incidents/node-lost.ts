import type { Incident } from '../incident.ts';
import type { Workload } from '../scenario.ts';

/** The node under a workload went away; its pods start elsewhere. */
export function nodeLost({ namespace, deployment }: Workload): Incident {
  return {
    alert: 'PodsNotReady',
    severity: 'critical',
    summary: `no pod of ${deployment} has been ready for two minutes`,
    investigation: {
      seconds: 17,
      toolCalls: [
        {
          tool: 'kubectl_get_pods',
          arguments: { namespace, selector: `app=${deployment}` },
          result: { ready: 0, unknown: 3, nodes: ['worker-7'] },
        },
        {
          tool: 'kubectl_describe',
          arguments: { kind: 'Node', name: 'worker-7' },
          result: { ready: 'Unknown', message: 'Kubelet stopped posting node status.' },
        },
      ],
      rootCause: `All pods of ${deployment} ran on worker-7, whose kubelet stopped answering. The pods wait for it and are not started elsewhere until they are deleted.`,
      contributingFactors: ['no topology spread constraint'],
    },
    workflow: {
      workflowId: '21efeb92-a937-4c3f-88f7-f85d770f03b7',
      image: 'restart-deployment',
      version: '1.0.3',
      workflowName: 'Restart deployment',
      description: 'Restarts all pods of a deployment, one by one.',
      actionType: 'RestartDeployment',
      parameters: { NAMESPACE: namespace, DEPLOYMENT: deployment },
      confidence: 0.88,
      rationale: 'All pods ran on the node that went away; the scheduler has room for them elsewhere.',
    },
  };
}
