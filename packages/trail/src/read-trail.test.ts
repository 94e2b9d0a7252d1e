import { describe, expect, it } from 'vitest';
import { readTrail } from './read-trail.ts';
import { sampleEvent, sampleId } from './sample-event.test-support.ts';
import { sampleRemediation } from './sample-remediation.test-support.ts';
import type { TrailEvent } from './trail-event.ts';

const types = (given: readonly TrailEvent[]) => readTrail(given).steps.map(({ type }) => type);
const gaps = (given: readonly TrailEvent[], nowMs?: number) =>
  readTrail(given, nowMs === undefined ? {} : { nowMs }).gaps.map(({ kind, why }) => [kind, why]);
const without = (...absent: readonly string[]) =>
  sampleRemediation.filter(({ event_type }) => !absent.includes(event_type));

describe('readTrail', () => {
  it('reads a remediation as a story', () => {
    const { steps, startMs, ...trail } = readTrail(sampleRemediation);
    expect(startMs).toBe(Date.parse('2026-01-14T09:30:00Z'));
    expect(trail).toEqual({
      correlationId: 'rr-1',
      otherCorrelationIds: [],
      subject: {
        alert: 'HighMemoryUsage',
        severity: 'critical',
        resource: 'Deployment checkout',
        namespace: 'payments',
        cluster: 'prod-eu-1',
      },
      outcome: { status: 'succeeded', summary: 'the remediation succeeded: Remediated', step: 7 },
      durationMs: 66_000,
      failures: [],
      gaps: [],
      spans: [
        span('orchestrator', 'remediation', { from: 2, to: 66, steps: [2, 7], outcome: 'success' }),
        span('orchestrator', 'phase Executing', { from: 3, to: 66, steps: [3, 7] }),
        span('workflowexecution', 'workflow execution', {
          from: 5,
          to: 65,
          steps: [5, 6],
          outcome: 'success',
        }),
      ],
      lanes: [
        { service: 'gateway', offsetMs: 0, durationMs: 1_000, steps: [0, 1], spans: [], failures: 0 },
        {
          service: 'orchestrator',
          offsetMs: 2_000,
          durationMs: 64_000,
          steps: [2, 3, 7],
          spans: [0, 1],
          failures: 0,
        },
        {
          service: 'workflowexecution',
          offsetMs: 4_000,
          durationMs: 61_000,
          steps: [4, 5, 6],
          spans: [2],
          failures: 0,
        },
      ],
      repeats: 0,
    });
    expect(steps.map(({ title, news }) => [title, ...news])).toEqual([
      ['Signal received', 'HighMemoryUsage', 'critical', 'Deployment checkout'],
      ['Remediation request created'],
      ['Remediation started'],
      ['Remediation changed phase', 'Pending → Executing'],
      ['Workflow selected', 'Scale deployment', 'payments/Deployment/checkout'],
      ['Workflow execution started'],
      ['Workflow completed', '1m0s'],
      ['Remediation ended', 'Success'],
    ]);
  });

  it('tells of a step who, what, how long and because of what', () => {
    const [, created] = readTrail(sampleRemediation).steps;
    expect(created).toEqual({
      index: 1,
      event: sampleRemediation[1],
      type: 'gateway.crd.created',
      isKnown: true,
      service: 'gateway',
      title: 'Remediation request created',
      details: ['HighMemoryUsage'],
      news: [],
      actor: { type: 'service', id: 'controller', isPerson: false },
      resource: undefined,
      outcome: 'success',
      error: undefined,
      timeMs: Date.parse('2026-01-14T09:30:01Z'),
      offsetMs: 1_000,
      durationMs: undefined,
      durationFrom: undefined,
      delayMs: undefined,
      parent: { eventId: 'gateway.signal.received@0', step: 0 },
      erased: [],
      withheld: 0,
    });
  });

  it('puts a cause before what it caused, whatever their clocks say', () => {
    const cause = sampleEvent('llm_request', 30, { data: { ...ask, prompt_preview: 'Why?' } });
    const effect = sampleEvent('llm_response', 10, {
      data: { ...answer, analysis_preview: 'Because.' },
      parent_event_id: sampleId('llm_request', 30),
    });
    expect(types([effect, cause])).toEqual(['llm_request', 'llm_response']);
    expect(readTrail([effect, cause]).steps[1]?.parent).toEqual({ eventId: 'llm_request@30', step: 0 });
  });

  it('lets causes that form a circle stand in the order of time', () => {
    const [first, second] = [
      sampleEvent('llm_request', 1, { data: ask }),
      sampleEvent('llm_response', 2, { data: answer }),
    ];
    const circle = [
      { ...second, parent_event_id: sampleId('llm_request', 1) },
      { ...first, parent_event_id: sampleId('llm_response', 2) },
    ];
    expect(types(circle)).toHaveLength(2);
    expect(new Set(types(circle))).toEqual(new Set(['llm_request', 'llm_response']));
  });

  it('leaves out what was given twice, and keeps what only looks the same', () => {
    const [signal] = sampleRemediation;
    if (signal === undefined) throw new Error('no sample');
    const again = { ...structuredClone(signal), event_id: 'another' };
    const trail = readTrail([signal, structuredClone(signal), again]);
    expect(trail.steps.map(({ event }) => event.event_id)).toEqual(['another', 'gateway.signal.received@0']);
    expect(trail.repeats).toBe(1);
  });

  it('reads events of services outside the contract', () => {
    const own = (type: string, second: number, data: object): TrailEvent => ({
      ...sampleEvent('llm_request', second, { data: ask }),
      event_id: type,
      event_type: type,
      event_data: { ...data, event_type: type },
    });
    const trail = readTrail([
      own('deployer.deploy.started', 1, { image: 'app:2', replicas: 3 }),
      own('deployer.deploy.failed', 4, { error: 'no quota' }),
    ]);
    expect(
      trail.steps.map(({ service, title, isKnown, details }) => ({ service, title, isKnown, details })),
    ).toEqual([
      {
        service: 'deployer',
        title: 'deployer.deploy.started',
        isKnown: false,
        details: ['image app:2', 'replicas 3'],
      },
      { service: 'deployer', title: 'deployer.deploy.failed', isKnown: false, details: ['no quota'] },
    ]);
    expect(trail.spans).toEqual([
      span('deployer', 'deployer.deploy', { from: 0, to: 3, steps: [0, 1], outcome: 'success' }),
    ]);
    expect(trail.outcome.status).toBe('unknown');
  });

  it('counts what is withheld and names what was erased', () => {
    const [signal] = sampleRemediation;
    if (signal === undefined) throw new Error('no sample');
    const redacted = { ...signal, _sd: ['digest'], erased_members: ['/event_data/approved_by'] };
    const data = { ...redacted.event_data, recipients: [{ _sd: ['one', 'two'] }] };
    const [step] = readTrail([{ ...redacted, event_data: data }]).steps;
    expect(step?.withheld).toBe(3);
    expect(step?.erased).toEqual(['/event_data/approved_by']);
  });

  it('is not prolonged by what the store tells of itself later', () => {
    const held = sampleEvent('datastorage.legal_hold.placed', 90_000, {
      data: { reason: 'case 1' },
      event_category: 'datastorage',
    });
    const trail = readTrail([...sampleRemediation, held]);
    expect([trail.durationMs, trail.steps.length, trail.gaps]).toEqual([66_000, 9, []]);
  });

  it('reads nothing from nothing', () => {
    expect(readTrail([])).toEqual({
      correlationId: '',
      otherCorrelationIds: [],
      subject: {},
      outcome: { status: 'unknown', summary: 'no event tells how a remediation went' },
      startMs: undefined,
      durationMs: undefined,
      steps: [],
      failures: [],
      gaps: [],
      spans: [],
      lanes: [],
      repeats: 0,
    });
  });
});

describe('gaps', () => {
  it('are named with what presupposes the missing event', () => {
    expect(gaps(without('orchestrator.lifecycle.started', 'workflowexecution.execution.started'))).toEqual([
      [
        'missing_step',
        '“Remediation changed phase” presupposes “Remediation started” (orchestrator.lifecycle.started), which is not here',
      ],
      [
        'missing_step',
        '“Workflow completed” presupposes “Workflow execution started” (workflowexecution.execution.started), which is not here',
      ],
    ]);
  });

  it('are where something began and the end of the remediation left it open', () => {
    expect(gaps(without('workflowexecution.workflow.completed'))).toEqual([
      [
        'silence',
        'no event for 1m01s after “Workflow execution started” before “Remediation ended”, and nothing under way explains it; around it events are 1.0s apart',
      ],
      [
        'never_ended',
        'workflow execution of workflowexecution began at +5.0s with “Workflow execution started”; the remediation ended and no event ended it',
      ],
    ]);
  });

  it('reach to now while there is no end', () => {
    const running = without('workflowexecution.workflow.completed', 'orchestrator.lifecycle.completed');
    expect(gaps(running)).toEqual([]);
    expect(gaps(running, Date.parse('2026-01-14T12:30:05Z'))).toEqual([
      [
        'silence',
        'no event for 3h00m after “Workflow execution started” until now, and nothing under way explains it; around it events are 1.0s apart',
      ],
    ]);
  });

  it('are where a cause never came', () => {
    const orphan = sampleEvent('llm_request', 1, { data: ask, parent_event_id: 'lost' });
    expect(gaps([orphan])).toEqual([
      ['missing_parent', '“Language model asked” names event lost as its cause, which is not here'],
    ]);
  });

  it('are where the chain of hashes names a record that is not here', () => {
    const stored = [0, 1, 2].map((sequence) => ({
      ...sampleEvent('llm_request', sequence, { data: ask }),
      sequence,
      previous_event_hash: sequence === 0 ? '' : `hash ${sequence - 1}`,
      event_hash: `hash ${sequence}`,
    }));
    const why = 'follows a record of the same correlation that is not here';
    expect(gaps(stored).filter(([kind]) => kind === 'missing_record')).toEqual([]);
    expect(
      gaps(stored.filter(({ sequence }) => sequence !== 1)).filter(([kind]) => kind === 'missing_record'),
    ).toEqual([['missing_record', `record 2 (“Language model asked”) ${why}`]]);
  });

  it('are where a change needed approval and has none on record', () => {
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
    expect(gaps([...sampleRemediation, decision])).toContainEqual([
      'missing_step',
      'the policy demanded the approval of a person, and “Workflow selected” follows without one on record',
    ]);
  });

  it('are where a phase is left that was never entered', () => {
    const jump = sampleEvent('orchestrator.lifecycle.transitioned', 5.5, {
      data: { rr_name: 'rr-1', namespace: 'payments', from_phase: 'Blocked', to_phase: 'Executing' },
    });
    expect(gaps([...sampleRemediation, jump])).toContainEqual([
      'missing_step',
      '“Remediation changed phase” leaves phase Blocked, but the last phase on record is Executing',
    ]);
  });
});

const ask = { event_id: 'e1', incident_id: 'inc-1', model: 'm', prompt_length: 4, prompt_preview: 'Why?' };
const answer = {
  event_id: 'e2',
  incident_id: 'inc-1',
  has_analysis: true,
  analysis_length: 8,
  analysis_preview: 'x',
};

interface SpanSample {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly [number, number];
  readonly outcome?: string;
}

function span(service: string, name: string, { from, to, steps, outcome }: SpanSample) {
  const [startStep, endStep] = steps;
  const kind = name.startsWith('phase') ? 'phase' : 'work';
  return {
    service,
    name,
    kind,
    offsetMs: from * 1_000,
    durationMs: (to - from) * 1_000,
    outcome,
    startStep,
    endStep,
  };
}
