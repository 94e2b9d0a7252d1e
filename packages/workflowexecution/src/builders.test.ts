import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import type { FailureDetails, WorkflowExecution, WorkflowExecutionStatus } from './workflow-execution.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const image = 'registry.example.com/workflows/increase-memory@sha256:b29814cf5792e684';

const execution = {
  metadata: { name: 'wfe-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    workflowRef: { workflowId: 'increase-memory', version: '1.2.0', containerImage: image },
    targetResource: 'payments/Deployment/checkout',
  },
} satisfies WorkflowExecution;

const envelope = {
  version: '1.0',
  event_category: 'workflowexecution',
  actor_type: 'service',
  actor_id: 'workflowexecution-controller',
  resource_type: 'WorkflowExecution',
  resource_id: 'wfe-rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const basePayload = {
  workflow_id: 'increase-memory',
  workflow_version: '1.2.0',
  container_image: image,
  execution_name: 'wfe-rr-3f9ab2c41d07-5e8c1a7b',
  target_resource: 'payments/Deployment/checkout',
};

const ranFor92Seconds = {
  startTime: '2026-01-14T09:31:51Z',
  completionTime: '2026-01-14T09:33:23Z',
  duration: '1m32s',
  pipelineRunRef: { name: 'wfe-0510eddd78110203' },
} satisfies WorkflowExecutionStatus;

const ranFor92SecondsPayload = {
  started_at: '2026-01-14T09:31:51Z',
  completed_at: '2026-01-14T09:33:23Z',
  duration: '1m32s',
  pipelinerun_name: 'wfe-0510eddd78110203',
};

const completeSpec = {
  ...execution.spec,
  workflowRef: {
    ...execution.spec.workflowRef,
    workflowName: 'Increase memory limits',
    actionType: 'IncreaseMemoryLimits',
  },
  parameters: { NAMESPACE: 'payments', MEMORY_LIMIT_NEW: '1Gi' },
};

const completeSpecPayload = {
  workflow_name: 'Increase memory limits',
  action_type: 'IncreaseMemoryLimits',
  parameters: { NAMESPACE: 'payments', MEMORY_LIMIT_NEW: '1Gi' },
};

describe('selectionCompleted', () => {
  it('records the selected workflow before anything ran', () => {
    expect(builders.selectionCompleted({ execution, pipelineRunExists: false })).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.selection.completed',
      event_action: 'completed',
      event_outcome: 'success',
      event_data: {
        event_type: 'workflowexecution.selection.completed',
        ...basePayload,
        phase: 'Pending',
      },
    });
  });

  it('names the workflow when the catalogue does', () => {
    const built = builders.selectionCompleted({
      execution: { ...execution, spec: completeSpec },
      pipelineRunExists: false,
    });
    expect(built).toMatchObject({ event_data: { workflow_name: 'Increase memory limits' } });
  });

  it('is skipped when the PipelineRun exists', () => {
    expect(builders.selectionCompleted({ execution, pipelineRunExists: true })).toStrictEqual(
      skipEvent('the PipelineRun exists: the selection is recorded once, before it'),
    );
  });
});

describe('executionStarted', () => {
  it('records the PipelineRun with what it was given', () => {
    const input = {
      execution: { ...execution, spec: completeSpec, status: { phase: '' } },
      pipelineRunName: 'wfe-0510eddd78110203',
    };
    expect(builders.executionStarted(input)).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.execution.started',
      event_action: 'started',
      event_outcome: 'success',
      event_data: {
        event_type: 'workflowexecution.execution.started',
        ...basePayload,
        ...completeSpecPayload,
        phase: 'Pending',
        pipelinerun_name: 'wfe-0510eddd78110203',
      },
    });
  });

  it('leaves out what is not known', () => {
    const spec = { ...execution.spec, parameters: {} };
    const built = builders.executionStarted({ execution: { ...execution, spec }, pipelineRunName: '' });
    expect(built.event_data).toStrictEqual({
      event_type: 'workflowexecution.execution.started',
      ...basePayload,
      phase: 'Pending',
    });
  });
});

describe('workflowStarted', () => {
  it('records the running workflow', () => {
    const status = { phase: 'Running', startTime: '2026-01-14T09:31:51Z' };
    expect(builders.workflowStarted({ execution: { ...execution, status } })).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.workflow.started',
      event_action: 'started',
      event_outcome: 'success',
      event_data: {
        event_type: 'workflowexecution.workflow.started',
        ...basePayload,
        phase: 'Running',
        started_at: '2026-01-14T09:31:51Z',
      },
    });
  });
});

describe('workflowCompleted', () => {
  it('records the run with its time, in the payload and in the envelope', () => {
    const status = { ...ranFor92Seconds, phase: 'Completed', executionStatus: { retryCount: 2 } };
    const built = builders.workflowCompleted({ execution: { ...execution, spec: completeSpec, status } });
    expect(built).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.workflow.completed',
      event_action: 'completed',
      event_outcome: 'success',
      duration_ms: 92_000,
      event_data: {
        event_type: 'workflowexecution.workflow.completed',
        ...basePayload,
        ...completeSpecPayload,
        ...ranFor92SecondsPayload,
        phase: 'Completed',
        retry_count: 2,
      },
    });
  });

  it('leaves out what is not known', () => {
    const status = { phase: 'Completed', executionStatus: { retryCount: 0 } };
    expect(builders.workflowCompleted({ execution: { ...execution, status } })).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.workflow.completed',
      event_action: 'completed',
      event_outcome: 'success',
      event_data: {
        event_type: 'workflowexecution.workflow.completed',
        ...basePayload,
        phase: 'Completed',
      },
    });
  });

  it('takes the PipelineRun from executionRef, its later name', () => {
    const status = { phase: 'Completed', executionRef: { name: 'wfe-0510eddd78110203' } };
    const built = builders.workflowCompleted({ execution: { ...execution, status } });
    expect(built.event_data.pipelinerun_name).toBe('wfe-0510eddd78110203');
  });
});

describe('workflowFailed', () => {
  const taskFailed = {
    reason: 'TaskFailed',
    message: 'migration 0042 is locked',
    failedTaskName: 'migrate',
    failedStepName: 'run',
    exitCode: 3,
    wasExecutionFailure: true,
  } satisfies FailureDetails;

  it('records the failure in separate members and as error details', () => {
    const status = { ...ranFor92Seconds, phase: 'Failed', failureDetails: taskFailed };
    expect(builders.workflowFailed({ execution: { ...execution, status } })).toStrictEqual({
      ...envelope,
      event_type: 'workflowexecution.workflow.failed',
      event_action: 'failed',
      event_outcome: 'failure',
      duration_ms: 92_000,
      event_data: {
        event_type: 'workflowexecution.workflow.failed',
        ...basePayload,
        ...ranFor92SecondsPayload,
        phase: 'Failed',
        failure_reason: 'TaskFailed',
        failure_message: 'migration 0042 is locked',
        failed_task_name: 'migrate',
        error_details: {
          message: 'pipeline failed at task migrate step run: migration 0042 is locked (exit code 3)',
          code: 'ERR_PIPELINE_FAILED',
          component: 'workflowexecution',
          retry_possible: false,
        },
      },
    });
  });

  it('records a failure of which nothing is known', () => {
    const built = builders.workflowFailed({ execution: { ...execution, status: { phase: 'Failed' } } });
    expect(built.event_data).toStrictEqual({
      event_type: 'workflowexecution.workflow.failed',
      ...basePayload,
      phase: 'Failed',
      error_details: {
        message: 'workflow execution failed for an unknown reason',
        code: 'ERR_PIPELINE_FAILED',
        component: 'workflowexecution',
        retry_possible: true,
      },
    });
  });

  it.each([
    ['OOMKilled', 'ERR_PIPELINE_FAILED', true],
    ['DeadlineExceeded', 'ERR_PIPELINE_FAILED', true],
    ['Forbidden', 'ERR_WORKFLOW_NOT_FOUND', false],
    ['ImagePullBackOff', 'ERR_IMAGE_PULL', true],
    ['ConfigurationError', 'ERR_WORKFLOW_NOT_FOUND', false],
    ['ResourceExhausted', 'ERR_PIPELINE_FAILED', true],
    ['TaskFailed', 'ERR_PIPELINE_FAILED', true],
    ['UnsupportedEngine', 'ERR_PIPELINE_FAILED', true],
    ['Deduplicated', 'ERR_PIPELINE_FAILED', true],
    ['PipelineRunCreationFailed', 'ERR_PIPELINE_FAILED', true],
    ['RaceConditionError', 'ERR_PIPELINE_FAILED', true],
    ['Unknown', 'ERR_PIPELINE_FAILED', true],
  ])('knows %s as %s, retry %s, when nothing has run', (reason, code, retryPossible) => {
    const { event_data } = buildFailure({ reason, message: '' });
    expect(event_data.failure_reason).toBe(reason);
    expect(event_data.error_details).toStrictEqual({
      message: 'pipeline failed',
      code,
      component: 'workflowexecution',
      retry_possible: retryPossible,
    });
  });

  it('keeps a reason outside the list as text', () => {
    const { event_data } = buildFailure({ reason: 'NodeLost', message: 'the node went away' });
    expect(event_data.failure_reason).toBe('Unknown');
    expect(event_data.failure_message).toBe('NodeLost: the node went away');
    expect(event_data.error_details?.message).toBe('pipeline failed: NodeLost: the node went away');
  });

  it.each(['', 'toString', '__proto__'])('takes reason %j for unknown', (reason) => {
    expect(buildFailure({ reason, message: 'gone' }).event_data.failure_reason).toBe('Unknown');
  });

  it('cuts a message that would make the event too large', () => {
    const { event_data } = buildFailure({ reason: 'TaskFailed', message: 'x'.repeat(1_000_000) });
    expect(event_data.failure_message).toBe(`${'x'.repeat(16_383)}…`);
  });
});

describe('phase', () => {
  it.each([undefined, {}, { phase: '' }])('is Pending while the status is %j', (status) => {
    const pending = status === undefined ? execution : { ...execution, status };
    expect(builders.workflowFailed({ execution: pending }).event_data.phase).toBe('Pending');
  });

  it('is what the event says when the contract does not know the word', () => {
    const odd = { ...execution, status: { phase: 'Skipped' } };
    expect(builders.selectionCompleted({ execution: odd, pipelineRunExists: false })).toMatchObject({
      event_data: { phase: 'Pending' },
    });
    expect(builders.executionStarted({ execution: odd, pipelineRunName: '' }).event_data.phase).toBe(
      'Running',
    );
    expect(builders.workflowStarted({ execution: odd }).event_data.phase).toBe('Running');
    expect(builders.workflowCompleted({ execution: odd }).event_data.phase).toBe('Completed');
    expect(builders.workflowFailed({ execution: odd }).event_data.phase).toBe('Failed');
  });
});

describe('names', () => {
  it('correlates by the name of the execution when no remediation is named', () => {
    const { correlation_id } = build({ spec: { ...execution.spec, remediationRequestRef: { name: '' } } });
    expect(correlation_id).toBe('wfe-rr-3f9ab2c41d07-5e8c1a7b');
  });

  it('correlates by "unknown" when nothing has a name', () => {
    const { correlation_id, resource_id } = build({
      metadata: { name: '' },
      spec: { ...execution.spec, remediationRequestRef: {} },
    });
    expect([correlation_id, resource_id]).toEqual(['unknown', 'unknown']);
  });

  it('leaves out the namespace of an object without one', () => {
    expect(build({ metadata: { name: 'wfe-1', namespace: '' } })).not.toHaveProperty('namespace');
  });

  it('takes the image from executionBundle, its later name', () => {
    const workflowRef = { workflowId: 'increase-memory', version: '2.0.0', executionBundle: 'bundle:2.0.0' };
    const { event_data } = build({ spec: { ...execution.spec, workflowRef } });
    expect(event_data.container_image).toBe('bundle:2.0.0');
  });

  it('cuts names that are too long for the envelope and keeps them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const built = build({
      metadata: { name, namespace: name },
      spec: { ...execution.spec, remediationRequestRef: { name } },
    });
    expect(built.resource_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.correlation_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.namespace).toBe(`${'n'.repeat(252)}…`);
    expect(built.event_data.execution_name).toBe(name);
  });

  it('replaces text that no store can keep', () => {
    const { event_data } = build({
      spec: { ...execution.spec, targetResource: 'a\u0000b\uD800', parameters: { _sd: '1', '...': '2' } },
    });
    expect(event_data.target_resource).toBe('a\uFFFDb\uFFFD');
    expect(event_data.parameters).toStrictEqual({ '"_sd"': '1', '"..."': '2' });
  });
});

describe('run time', () => {
  it.each([
    ['2026-01-14T09:31:51Z', '2026-01-14T09:31:51Z'],
    ['2026-01-14T10:31:51.25+01:00', '2026-01-14T09:31:51.250Z'],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-01-14T24:00:00Z', undefined],
    ['9999-12-31T23:59:59-01:00', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %j as %j', (startTime, startedAt) => {
    expect(build({ status: { startTime } }).event_data.started_at).toBe(startedAt);
  });

  it.each([
    ['92s', '1m32s'],
    ['1m31.6s', '1m32s'],
    ['1h0.5m', '1h0m30s'],
    ['499ms', '0s'],
    ['2500000us', '3s'],
    ['-5s', '0s'],
    ['9'.repeat(30).concat('h'), undefined],
    ['5 minutes', undefined],
    ['', undefined],
  ])('writes duration %j as %j', (duration, text) => {
    expect(build({ status: { duration } }).event_data.duration).toBe(text);
  });

  it('computes the duration when the status has none that can be read', () => {
    const status = { ...ranFor92Seconds, duration: 'n/a', completionTime: '2026-01-14T09:32:02.600Z' };
    const built = build({ status });
    expect(built.event_data.duration).toBe('12s');
    expect(built.duration_ms).toBe(11_600);
  });

  it('is zero when the clocks disagree', () => {
    const built = build({
      status: { startTime: '2026-01-14T09:31:51Z', completionTime: '2026-01-14T09:31:49Z' },
    });
    expect(built.event_data.duration).toBe('0s');
    expect(built.duration_ms).toBe(0);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('leaves out a retry count of %d', (retryCount) => {
    expect(build({ status: { executionStatus: { retryCount } } }).event_data).not.toHaveProperty(
      'retry_count',
    );
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anyExecution(), anyText(), fc.boolean(), (any, pipelineRunName, pipelineRunExists) => {
        const results = [
          builders.selectionCompleted({ execution: any, pipelineRunExists }),
          builders.executionStarted({ execution: any, pipelineRunName }),
          builders.workflowStarted({ execution: any }),
          builders.workflowCompleted({ execution: any }),
          builders.workflowFailed({ execution: any }),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

function build(parts: Partial<WorkflowExecution>) {
  return expectEvent(builders.workflowCompleted({ execution: { ...execution, ...parts } }));
}

function buildFailure(failureDetails: FailureDetails) {
  return expectEvent(builders.workflowFailed({ execution: { ...execution, status: { failureDetails } } }));
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Failed', 'OOMKilled');
}

function anyTime(): fc.Arbitrary<string | null> {
  const anyDate = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const anyDigits = fc
    .tuple(fc.nat(9999), fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99))
    .map(([year, month, day, hour, offset]) =>
      [`${pad(year, 4)}-${pad(month)}-${pad(day)}`, `${pad(hour)}:00:00+${pad(offset)}:59`].join('T'),
    );
  return fc.oneof(anyDate, anyDigits, anyText(), fc.constant(null));
}

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, '0');
}

function anyExecution(): fc.Arbitrary<WorkflowExecution> {
  const text = anyText();
  const reference = fc.record({ name: text }, { requiredKeys: [] });
  return fc.record(
    {
      metadata: fc.record({ name: text, namespace: text }, { requiredKeys: ['name'] }),
      spec: fc.record(
        {
          remediationRequestRef: reference,
          workflowRef: fc.record(
            {
              workflowId: text,
              version: text,
              containerImage: text,
              executionBundle: text,
              workflowName: text,
              actionType: text,
            },
            { requiredKeys: ['workflowId', 'version', 'containerImage'] },
          ),
          targetResource: text,
          parameters: fc.dictionary(text, text),
        },
        { requiredKeys: ['remediationRequestRef', 'workflowRef', 'targetResource'] },
      ),
      status: anyStatus(),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyStatus(): fc.Arbitrary<WorkflowExecutionStatus> {
  const text = anyText();
  const reference = fc.record({ name: text }, { requiredKeys: [] });
  const duration = fc.oneof(
    text,
    fc.double().map((seconds) => `${seconds}s`),
  );
  return fc.record(
    {
      phase: text,
      startTime: anyTime(),
      completionTime: anyTime(),
      duration,
      pipelineRunRef: reference,
      executionRef: reference,
      executionStatus: fc.record({ retryCount: fc.double() }, { requiredKeys: [] }),
      failureDetails: fc.record(
        {
          reason: text,
          message: text,
          failedTaskName: text,
          failedStepName: text,
          exitCode: fc.double(),
          wasExecutionFailure: fc.boolean(),
        },
        { requiredKeys: ['reason', 'message'] },
      ),
    },
    { requiredKeys: [] },
  );
}
