import { draftEvent, type EventDraft, workflowexecutionEvents } from '@audit/schema';

/** A valid draft; the correlation id tells events apart. */
export function exampleDraft(
  correlationId = 'rr-3f9ab2c41d07-5e8c1a7b',
): EventDraft<typeof workflowexecutionEvents.workflowStarted> {
  return draftEvent(workflowexecutionEvents.workflowStarted, {
    event_outcome: 'success',
    correlation_id: correlationId,
    event_data: {
      workflow_id: 'da7f739f-6271-4846-9eea-b537a6f7a435',
      workflow_version: '1.2.0',
      target_resource: 'payments/Deployment/checkout',
      phase: 'Running',
      container_image: 'registry.example.com/workflows/increase-memory:1.2.0',
      execution_name: 'wfe-rr-3f9ab2c41d07-5e8c1a7b',
    },
  });
}

/** A draft that compiles and that the contract refuses: its correlation id is empty. */
export function invalidDraft(): ReturnType<typeof exampleDraft> {
  return exampleDraft('');
}
