import { expect, it } from 'vitest';
import { draftEvent } from './draft-event.ts';
import { isEventSkip, skipEvent } from './event-skip.ts';
import { workflowexecutionEvents } from './generated/events/workflowexecution.ts';

it('a skip says why nothing is recorded', () => {
  expect(skipEvent('the PipelineRun exists')).toEqual({ skipped: 'the PipelineRun exists' });
});

it('a skip is told apart from an event', () => {
  const draft = draftEvent(workflowexecutionEvents.workflowStarted, {
    event_outcome: 'success',
    correlation_id: 'rr-1',
    event_data: {
      workflow_id: 'restart',
      workflow_version: '1.0.0',
      container_image: 'restart:1.0.0',
      execution_name: 'wfe-1',
      target_resource: 'payments/Deployment/checkout',
      phase: 'Running',
    },
  });
  expect(isEventSkip(skipEvent(''))).toBe(true);
  expect(isEventSkip(draft)).toBe(false);
});
