import { createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { explainTrail, readTrail, type Trail } from '@audit/trail';
import { describe, expect, it } from 'vitest';
import { type PlanSettings, planScenarios } from './plan.ts';
import { playScenario } from './play-scenario.ts';
import * as scenarios from './scenarios/index.ts';

const settings = {
  seed: '1',
  startTimeMs: Date.parse('2026-01-14T09:30:00.250Z'),
  remediations: 150,
  spacingMs: 1000,
} satisfies PlanSettings;

// What a reader of each scenario's trail is told.
const tellings = {
  'alert-repeats': {
    steps: 38,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: HighMemoryUsage at Deployment checkout, repeated 2×',
      classification: 'done: critical, production, P1',
      analysis:
        'done: The request rate of checkout doubled within the hour, from 210 to 460 a second. Each request holds about 1 MiB until it is answered, so three replicas with 512Mi each do not suffice. Nothing was deployed today. (confidence 0.93)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Scale deployment at payments/Deployment/checkout',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'api-server-away': {
    steps: 35,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: CertificateExpiring at Deployment indexer',
      classification: 'done: warning, production, P1',
      analysis:
        'done: The certificate indexer-tls expires in two days. Its renewal was never requested, because the annotation that asks for it is missing. (confidence 0.97)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Renew certificate at search/Deployment/indexer',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'approval-expires': {
    steps: 38,
    status: 'timed_out',
    summary:
      'the remediation ran out of time in Approval: Nobody decided within 30m0s: timeout of the approval.',
    failures: ['Remediation ended', 'Approval expired'],
    gaps: [],
    path: {
      signal: 'done: NodeDiskPressure at Deployment cart',
      classification: 'done: warning, production, P1',
      analysis:
        'done: cart writes 71 % of what fills the disk of worker-3: temporary files of imports that are removed only when a pod ends. (confidence 0.74)',
      policy: 'done: requires_approval: Production changes of this kind need the approval of a person.',
      approval: 'failed: Expired by system: Nobody decided in time.',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: the remediation ran out of time in Approval: Nobody decided within 30m0s: timeout of the approval.',
      notification: 'done: 4 delivered',
    },
  },
  'drain-runs-out-of-time': {
    steps: 37,
    status: 'timed_out',
    summary:
      'the remediation ran out of time in WorkflowExecution: The workflow was stopped after 10m0s while it waited for a protected pod to leave.',
    failures: ['Remediation ended', 'Workflow failed'],
    gaps: [],
    path: {
      signal: 'done: NodeDiskPressure at Deployment cart',
      classification: 'done: warning, production, P1',
      analysis:
        'done: cart writes 71 % of what fills the disk of worker-3: temporary files of imports that are removed only when a pod ends. (confidence 0.74)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Move workload to other nodes at shop/Deployment/cart',
      effect:
        'failed: PipelineRun failed to finish within "10m0s": 1 of 3 pods is protected by a disruption budget',
      notification: 'done: 2 delivered',
    },
  },
  'migration-task-fails': {
    steps: 36,
    status: 'failed',
    summary:
      'the remediation failed in WorkflowExecution: The task undo-migration failed after 47s at step migrate: the migration dropped a column and has no way back.',
    failures: ['Remediation ended', 'Workflow failed'],
    gaps: [],
    path: {
      signal: 'done: HighErrorRate at Deployment catalogue',
      classification: 'done: critical, production, P1',
      analysis:
        'done: Errors of catalogue began within a minute of the rollout of 4.18.0, which reads a column that its own migration drops. Revision 41 did not read it. (confidence 0.81)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Roll back release at shop/Deployment/catalogue',
      effect: 'failed: migration 0042 cannot be undone: column payments.fee was dropped',
      notification: 'done: 2 delivered',
    },
  },
  'namespace-gone': {
    steps: 13,
    status: 'failed',
    summary: 'the remediation failed in SignalProcessing: namespace payments is being terminated',
    failures: ['Remediation failed', 'Signal processing failed', 'Signal processed'],
    gaps: [],
    path: {
      signal: 'done: PodsNotReady at Deployment checkout',
      classification: 'failed: namespace payments is being terminated',
      analysis: 'absent: no event of an analysis: no model was asked, as far as is on record',
      policy: 'absent: no policy was evaluated, as far as is on record',
      approval: 'absent: no person was asked, as far as is on record',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: the remediation failed in SignalProcessing: namespace payments is being terminated',
      notification: 'done: 2 delivered',
    },
  },
  'no-workflow-fits': {
    steps: 37,
    status: 'failed',
    summary: 'the remediation failed in AIAnalysis: No workflow of the catalogue removes the cause.',
    failures: ['Remediation ended', 'Proposed workflow checked', 'Analysis failed'],
    gaps: [],
    path: {
      signal: 'done: NodeDiskPressure at Deployment catalogue',
      classification: 'done: warning, production, P1',
      analysis: 'failed: the analysis failed: No workflow of the catalogue removes the cause.',
      policy: 'absent: no policy was evaluated, as far as is on record',
      approval: 'absent: no person was asked, as far as is on record',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: the remediation failed in AIAnalysis: No workflow of the catalogue removes the cause.',
      notification: 'done: 2 delivered',
    },
  },
  'node-fails': {
    steps: 36,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: PodsNotReady at Deployment checkout',
      classification: 'done: critical, production, P1',
      analysis:
        'done: All pods of checkout ran on worker-7, whose kubelet stopped answering. The pods wait for it and are not started elsewhere until they are deleted. (confidence 0.88)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Restart deployment at payments/Deployment/checkout',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'operator-intervenes': {
    steps: 39,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: ['silence after orchestrator.lifecycle.transitioned'],
    path: {
      signal: 'done: NodeDiskPressure at Deployment ledger',
      classification: 'done: warning, production, P1',
      analysis:
        'done: ledger writes 71 % of what fills the disk of worker-3: temporary files of imports that are removed only when a pod ends. (confidence 0.74)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Move workload to other nodes at payments/Deployment/ledger',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'provider-hangs': {
    steps: 20,
    status: 'timed_out',
    summary: 'the remediation ran out of time in AIAnalysis: the time limit of phase Analyzing ran out',
    failures: ['Remediation ended'],
    gaps: [
      'never_ended after aianalysis.phase.transition',
      'silence after llm_request',
      'never_ended after llm_request',
    ],
    path: {
      signal: 'done: HighMemoryUsage at Deployment login',
      classification: 'done: critical, production, P1',
      analysis: 'open: the model was asked and no answer is on record',
      policy: 'absent: no policy was evaluated, as far as is on record',
      approval: 'absent: no person was asked, as far as is on record',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: the remediation ran out of time in AIAnalysis: the time limit of phase Analyzing ran out',
      notification: 'done: 2 delivered',
    },
  },
  'provider-unreachable': {
    steps: 29,
    status: 'timed_out',
    summary:
      'the remediation ran out of time in AIAnalysis: calling /api/v1/incident/analyze: context deadline exceeded',
    failures: [
      'Remediation ended',
      'Analysis provider called',
      'Analysis provider called',
      'Analysis provider called',
      'Analysis error',
      'Analysis failed',
      'Message not delivered',
      'Message not delivered',
      'Message not delivered',
    ],
    gaps: [],
    path: {
      signal: 'done: PodsNotReady at Deployment login',
      classification: 'done: critical, production, P1',
      analysis: 'failed: the analysis failed: calling /api/v1/incident/analyze: context deadline exceeded',
      policy: 'absent: no policy was evaluated, as far as is on record',
      approval: 'absent: no person was asked, as far as is on record',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: the remediation ran out of time in AIAnalysis: calling /api/v1/incident/analyze: context deadline exceeded',
      notification: 'failed: 0 delivered, 3 not delivered',
    },
  },
  'rollback-approved': {
    steps: 43,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: HighErrorRate at Deployment login',
      classification: 'done: critical, production, P1',
      analysis:
        'done: Errors of login began within a minute of the rollout of 4.18.0, which reads a column that its own migration drops. Revision 41 did not read it. (confidence 0.81)',
      policy: 'done: requires_approval: Production changes of this kind need the approval of a person.',
      approval:
        'done: Approved by marta.keller@example.com: The errors match the release. Nothing else was deployed today.',
      change: 'done: Roll back release at identity/Deployment/login',
      effect: 'done: Remediated',
      notification: 'done: 4 delivered',
    },
  },
  'rollback-rejected': {
    steps: 39,
    status: 'rejected',
    summary:
      'a person refused the change: Release 4.18.0 migrated the payments table; a rollback would lose the fees since then.',
    failures: ['Remediation ended', 'Approval refused'],
    gaps: [],
    path: {
      signal: 'done: HighErrorRate at Deployment login',
      classification: 'done: critical, production, P1',
      analysis:
        'done: Errors of login began within a minute of the rollout of 4.18.0, which reads a column that its own migration drops. Revision 41 did not read it. (confidence 0.81)',
      policy: 'done: requires_approval: Production changes of this kind need the approval of a person.',
      approval:
        'failed: Rejected by marta.keller@example.com: Release 4.18.0 migrated the payments table; a rollback would lose the fees since then.',
      change: 'absent: nothing was changed, as far as is on record',
      effect:
        'absent: nothing was run, as far as is on record: a person refused the change: Release 4.18.0 migrated the payments table; a rollback would lose the fees since then.',
      notification: 'done: 4 delivered',
    },
  },
  'scale-after-out-of-memory': {
    steps: 36,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: HighMemoryUsage at Deployment checkout',
      classification: 'done: critical, production, P1',
      analysis:
        'done: The request rate of checkout doubled within the hour, from 210 to 460 a second. Each request holds about 1 MiB until it is answered, so three replicas with 512Mi each do not suffice. Nothing was deployed today. (confidence 0.93)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Scale deployment at payments/Deployment/checkout',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'target-busy': {
    steps: 37,
    status: 'succeeded',
    summary: 'the remediation succeeded: Remediated',
    failures: [],
    gaps: [],
    path: {
      signal: 'done: HighMemoryUsage at Deployment catalogue',
      classification: 'done: critical, production, P1',
      analysis:
        'done: The request rate of catalogue doubled within the hour, from 210 to 460 a second. Each request holds about 1 MiB until it is answered, so three replicas with 512Mi each do not suffice. Nothing was deployed today. (confidence 0.93)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Scale deployment at shop/Deployment/catalogue',
      effect: 'done: Remediated',
      notification: 'done: 2 delivered',
    },
  },
  'target-stays-busy': {
    steps: 33,
    status: 'timed_out',
    summary: 'the remediation ran out of time: the time limit of the remediation ran out in phase Blocked',
    failures: ['Remediation ended'],
    gaps: [],
    path: {
      signal: 'done: HighErrorRate at Deployment label-printer',
      classification: 'done: critical, production, P1',
      analysis:
        'done: Errors of label-printer began within a minute of the rollout of 4.18.0, which reads a column that its own migration drops. Revision 41 did not read it. (confidence 0.81)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change:
        'absent: nothing was changed, as far as is on record; the remediation was held back: Analyzing → Blocked, ResourceBusy, shipping/Deployment/label-printer is being changed by another workflow',
      effect:
        'absent: nothing was run, as far as is on record: the remediation ran out of time: the time limit of the remediation ran out in phase Blocked',
      notification: 'done: 2 delivered',
    },
  },
  'workflow-image-missing': {
    steps: 35,
    status: 'failed',
    summary:
      'the remediation failed in WorkflowExecution: The workflow did not begin: its image could not be pulled from the registry.',
    failures: ['Remediation ended', 'Workflow failed'],
    gaps: [],
    path: {
      signal: 'done: CertificateExpiring at Deployment catalogue',
      classification: 'done: warning, production, P1',
      analysis:
        'done: The certificate catalogue-tls expires in two days. Its renewal was never requested, because the annotation that asks for it is missing. (confidence 0.97)',
      policy: 'done: auto_approved: The action is on the list of those that need no approval.',
      approval: 'absent: no person was asked: the policy approved by itself',
      change: 'done: Renew certificate at shop/Deployment/catalogue',
      effect:
        'failed: Back-off pulling image "registry.example.com/workflows/renew-certificate:0.9.1": not found',
      notification: 'done: 2 delivered',
    },
  },
};

describe('the trail of a scenario', () => {
  it.each(Object.entries(tellings))(
    'tells of %s how it ended, what failed, what is missing, and why',
    (name, told) => {
      const trail = trailOf(name);
      expect(tell(trail)).toEqual(told);
    },
  );

  it('is told of every scenario', () => {
    expect(Object.keys(tellings)).toEqual(
      Object.values(scenarios)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});

const trails = new Map<string, Trail>();
for (const planned of planScenarios(settings)) {
  const { name } = planned.scenario;
  if (trails.has(name)) continue;
  const transport = createMemoryTransport();
  await using client = createAuditClient({ transport, durability: 'memory' });
  playScenario(client, planned);
  await client.flush();
  const id = planned.remediations[0]?.correlationId;
  trails.set(name, readTrail(transport.events.filter((event) => event.correlation_id === id)));
}

function trailOf(name: string): Trail {
  const trail = trails.get(name);
  if (trail === undefined) throw new Error(`the plan does not play ${name}`);
  return trail;
}

function tell(trail: Trail) {
  const { steps, outcome, failures, gaps } = trail;
  return {
    steps: steps.length,
    status: outcome.status,
    summary: outcome.summary,
    failures: failures.map((place) => steps[place]?.title),
    gaps: gaps.map(({ kind, afterStep = -1 }) => `${kind} after ${steps[afterStep]?.type}`),
    path: Object.fromEntries(
      explainTrail(trail).stages.map(({ name, state, summary }) => [name, `${state}: ${summary}`]),
    ),
  };
}
