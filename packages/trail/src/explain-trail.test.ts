import { describe, expect, it } from 'vitest';
import { explainTrail } from './explain-trail.ts';
import { readTrail } from './read-trail.ts';
import { sampleEvent } from './sample-event.test-support.ts';
import { sampleRemediation } from './sample-remediation.test-support.ts';
import type { TrailEvent } from './trail-event.ts';

const explain = (given: readonly TrailEvent[]) => explainTrail(readTrail(given));
const stage = (given: readonly TrailEvent[], name: string) =>
  explain(given).stages.find((each) => each.name === name);

describe('explainTrail', () => {
  it('tells the decision path, and what of it is absent', () => {
    expect(
      explain(sampleRemediation).stages.map(({ name, state, summary }) => [name, state, summary]),
    ).toEqual([
      ['signal', 'done', 'HighMemoryUsage at Deployment checkout'],
      ['classification', 'absent', 'no event of signal processing tells a classification'],
      ['analysis', 'absent', 'no event of an analysis: no model was asked, as far as is on record'],
      ['policy', 'absent', 'no policy was evaluated, as far as is on record'],
      ['approval', 'absent', 'no person was asked, as far as is on record'],
      ['change', 'done', 'Scale deployment at payments/Deployment/checkout'],
      ['effect', 'done', 'Remediated'],
      ['notification', 'absent', 'nobody was told, as far as is on record'],
    ]);
  });

  it('names with every fact the event that says so', () => {
    expect(stage(sampleRemediation, 'change')).toEqual({
      name: 'change',
      title: 'Change',
      state: 'done',
      summary: 'Scale deployment at payments/Deployment/checkout',
      facts: [
        { name: 'workflow', label: 'workflow', text: 'Scale deployment', step: 4 },
        { name: 'workflow_version', label: 'version', text: '1.4.0', step: 4 },
        { name: 'target', label: 'target', text: 'payments/Deployment/checkout', step: 4 },
        { name: 'image', label: 'image', text: 'workflows/scale-deployment:1.4.0', step: 4 },
        { name: 'parameters', label: 'parameters', text: 'REPLICAS=4', step: 5 },
      ],
      steps: [4, 5],
    });
  });

  it('says that approval was demanded and is not on record', () => {
    const decision = sampleEvent('aianalysis.approval.decision', 3.5, {
      data: {
        approval_required: true,
        approval_reason: 'production',
        auto_approved: false,
        decision: 'requires_approval',
        reason: 'production',
        environment: 'production',
      },
    });
    expect(stage([...sampleRemediation, decision], 'approval')).toEqual({
      name: 'approval',
      title: 'Approval',
      state: 'absent',
      summary: 'the policy demanded the approval of a person, and none is on record',
      facts: [],
      steps: [],
    });
  });

  it('says that a workflow has no end on record', () => {
    const running = sampleRemediation.slice(0, 6);
    expect(explain(running).outcome).toEqual({
      status: 'running',
      summary: 'no event tells of the end, in phase Executing',
      step: 5,
    });
    expect(stage(running, 'effect')).toMatchObject({
      state: 'open',
      summary: 'the workflow was started and no event tells how it ended',
    });
  });
});
