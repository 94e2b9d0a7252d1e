import { sampleEvent } from './sample-event.test-support.ts';
import type { TrailEvent } from './trail-event.ts';

const request = { rr_name: 'rr-1', namespace: 'payments' };
const workflow = {
  workflow_id: 'scale-deployment',
  workflow_version: '1.4.0',
  container_image: 'workflows/scale-deployment:1.4.0',
  execution_name: 'wfe-rr-1',
  target_resource: 'payments/Deployment/checkout',
  workflow_name: 'Scale deployment',
} as const;

/** A small remediation that succeeds: signal, one phase of work, workflow, end. */
export const sampleRemediation: readonly TrailEvent[] = [
  sampleEvent('gateway.signal.received', 0, {
    data: {
      signal_type: 'prometheus-alert',
      alert_name: 'HighMemoryUsage',
      namespace: 'payments',
      fingerprint: 'f1',
      severity: 'critical',
      resource_kind: 'Deployment',
      resource_name: 'checkout',
    },
    actor_type: 'external',
    actor_id: 'prometheus-alert',
    cluster_name: 'prod-eu-1',
  }),
  sampleEvent('gateway.crd.created', 1, {
    data: {
      signal_type: 'prometheus-alert',
      alert_name: 'HighMemoryUsage',
      namespace: 'payments',
      fingerprint: 'f1',
    },
    parent_event_id: 'gateway.signal.received@0',
  }),
  sampleEvent('orchestrator.lifecycle.started', 2, { data: request, event_outcome: 'pending' }),
  sampleEvent('orchestrator.lifecycle.transitioned', 3, {
    data: { ...request, from_phase: 'Pending', to_phase: 'Executing' },
  }),
  sampleEvent('workflowexecution.selection.completed', 4, { data: { ...workflow, phase: 'Pending' } }),
  sampleEvent('workflowexecution.execution.started', 5, {
    data: { ...workflow, phase: 'Running', parameters: { REPLICAS: '4' } },
  }),
  sampleEvent('workflowexecution.workflow.completed', 65, {
    data: { ...workflow, phase: 'Completed', duration: '1m0s' },
  }),
  sampleEvent('orchestrator.lifecycle.completed', 66, {
    data: { ...request, outcome: 'Success', crd_outcome: 'Remediated' },
    duration_ms: 64_000,
  }),
];
