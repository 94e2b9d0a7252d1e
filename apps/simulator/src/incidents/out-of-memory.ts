import type { Incident } from '../incident.ts';
import type { Workload } from '../scenario.ts';

/** A deployment runs out of memory under load; two more replicas take it. */
export function outOfMemory({ namespace, deployment }: Workload): Incident {
  return {
    alert: 'HighMemoryUsage',
    severity: 'critical',
    summary: `${deployment} uses 97 % of its memory limit, and two pods were OOMKilled`,
    investigation: {
      seconds: 24,
      toolCalls: [
        {
          tool: 'kubectl_describe',
          arguments: { kind: 'Deployment', name: deployment, namespace },
          result: { replicas: 3, memoryLimit: '512Mi', restarts: 2, lastState: 'OOMKilled' },
        },
        {
          tool: 'prometheus_query_range',
          arguments: {
            query: `sum(rate(http_requests_total{namespace="${namespace}",deployment="${deployment}"}[5m]))`,
            window: '1h',
          },
          result: { unit: 'requests per second', before: 210, now: 460 },
        },
      ],
      rootCause: `The request rate of ${deployment} doubled within the hour, from 210 to 460 a second. Each request holds about 1 MiB until it is answered, so three replicas with 512Mi each do not suffice. Nothing was deployed today.`,
      contributingFactors: ['no horizontal autoscaler', 'the limit was set for half the traffic'],
    },
    workflow: {
      workflowId: '9b2f6f0e-6a53-4a7e-9a0c-3d1c5b8a7e21',
      image: 'scale-deployment',
      version: '1.4.0',
      workflowName: 'Scale deployment',
      description: 'Sets the number of replicas of a deployment and waits for the rollout.',
      actionType: 'ScaleReplicas',
      parameters: { NAMESPACE: namespace, DEPLOYMENT: deployment, REPLICAS: '5' },
      confidence: 0.93,
      rationale: 'Two of three pods were OOMKilled within ten minutes while the request rate doubled.',
    },
  };
}
