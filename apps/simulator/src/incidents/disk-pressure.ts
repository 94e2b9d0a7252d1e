import type { Incident } from '../incident.ts';
import type { Workload } from '../scenario.ts';

/** A node has no disk left, and one workload writes most of what fills it. */
export function diskPressure({ namespace, deployment }: Workload): Incident {
  return {
    alert: 'NodeDiskPressure',
    severity: 'warning',
    summary: `worker-3, which runs ${deployment}, has 2 % of its disk left`,
    investigation: {
      seconds: 28,
      toolCalls: [
        {
          tool: 'kubectl_describe',
          arguments: { kind: 'Node', name: 'worker-3' },
          result: { diskPressure: 'True', ephemeralStorage: '98 %' },
        },
        {
          tool: 'prometheus_query',
          arguments: { query: 'topk(3, container_fs_usage_bytes{node="worker-3"})' },
          result: { first: `${namespace}/${deployment}`, share: '71 %' },
        },
      ],
      rootCause: `${deployment} writes 71 % of what fills the disk of worker-3: temporary files of imports that are removed only when a pod ends.`,
      contributingFactors: ['no limit of ephemeral storage', 'imports tripled this week'],
    },
    workflow: {
      workflowId: '6d8a3c11-0f4e-4c52-b9d7-1a5e8f7b2c94',
      image: 'move-workload',
      version: '1.0.2',
      workflowName: 'Move workload to other nodes',
      description: 'Evicts the pods of a workload from a node and waits until they run elsewhere.',
      actionType: 'DrainWorkload',
      parameters: { NAMESPACE: namespace, DEPLOYMENT: deployment },
      confidence: 0.74,
      rationale: 'The node has 2 % of its disk left and the workload writes most of what fills it.',
      timeout: '10m0s',
    },
  };
}
