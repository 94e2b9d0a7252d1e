import { expect, it } from 'vitest';
import { compareTrails } from './compare-trails.ts';
import { readTrail } from './read-trail.ts';
import { sampleEvent } from './sample-event.test-support.ts';
import { sampleRemediation } from './sample-remediation.test-support.ts';
import type { TrailEvent } from './trail-event.ts';

const first = readTrail(sampleRemediation);

// The same as `rr-2` two hours later, every name made from that of the first.
const again = (given: readonly TrailEvent[]): readonly TrailEvent[] =>
  JSON.parse(JSON.stringify(given).replaceAll('rr-1', 'rr-2').replaceAll('T09:', 'T11:'));

it('another run of the same is no difference', () => {
  expect(compareTrails(first, readTrail(again(sampleRemediation)))).toEqual({
    outcome: { first: 'succeeded', second: 'succeeded' },
    durationMs: { first: 66_000, second: 66_000 },
    onlyInFirst: [],
    onlyInSecond: [],
    changed: [],
    shared: 8,
    decisions: [],
  });
});

it('the same at another resource is no difference', () => {
  const elsewhere = JSON.stringify(again(sampleRemediation))
    .replaceAll('checkout', 'ledger')
    .replaceAll('payments', 'shop')
    .replaceAll('"f1"', '"f2 of another signal"');
  expect(compareTrails(first, readTrail(JSON.parse(elsewhere)))).toMatchObject({
    onlyInFirst: [],
    onlyInSecond: [],
    changed: [],
    decisions: [],
  });
});

it('tells what only one has, what went differently, and which decisions differ', () => {
  const workflow = {
    workflow_id: 'scale-deployment',
    workflow_version: '1.4.0',
    container_image: 'workflows/scale-deployment:1.4.0',
    execution_name: 'wfe-rr-1',
    target_resource: 'payments/Deployment/checkout',
    workflow_name: 'Scale deployment',
  };
  const failure = sampleEvent('workflowexecution.workflow.failed', 65, {
    data: { ...workflow, phase: 'Failed', failure_reason: 'OOMKilled', failure_message: 'killed' },
    event_outcome: 'failure',
  });
  const started = sampleEvent('workflowexecution.execution.started', 5, {
    data: { ...workflow, phase: 'Running', parameters: { REPLICAS: '8' } },
  });
  const ended = sampleEvent('orchestrator.lifecycle.completed', 166, {
    data: { rr_name: 'rr-1', namespace: 'payments', outcome: 'Failed', failure_message: 'killed' },
    event_outcome: 'failure',
    duration_ms: 164_000,
  });
  const others = [...sampleRemediation.slice(0, 5), started, failure, ended];
  const { changed, onlyInFirst, onlyInSecond, ...rest } = compareTrails(first, readTrail(again(others)));
  expect(rest).toEqual({
    outcome: { first: 'succeeded', second: 'failed' },
    durationMs: { first: 66_000, second: 166_000 },
    shared: 7,
    decisions: [
      {
        stage: 'change',
        name: 'parameters',
        label: 'parameters',
        first: ['REPLICAS=4'],
        second: ['REPLICAS=8'],
      },
      { stage: 'effect', name: 'result', label: 'result', first: ['Remediated'], second: ['Failed'] },
      { stage: 'effect', name: 'error', label: 'error', first: [], second: ['killed'] },
      {
        stage: 'effect',
        name: 'failure_reason',
        label: 'class of failure',
        first: [],
        second: ['OOMKilled'],
      },
    ],
  });
  expect(onlyInFirst.map(({ type }) => type)).toEqual(['workflowexecution.workflow.completed']);
  expect(onlyInSecond.map(({ type }) => type)).toEqual(['workflowexecution.workflow.failed']);
  expect(changed.map(({ first: { type }, second: _, ...differences }) => ({ type, ...differences }))).toEqual(
    [
      {
        type: 'workflowexecution.execution.started',
        members: [{ pointer: '/parameters/REPLICAS', kind: 'value', first: '4', second: '8' }],
      },
      {
        type: 'orchestrator.lifecycle.completed',
        outcome: { first: 'success', second: 'failure' },
        durationMs: { first: 64_000, second: 164_000 },
        members: [
          { pointer: '/outcome', kind: 'value', first: 'Success', second: 'Failed' },
          { pointer: '/crd_outcome', kind: 'value', first: 'Remediated', second: undefined },
          { pointer: '/failure_message', kind: 'value', first: undefined, second: 'killed' },
        ],
      },
    ],
  );
});
