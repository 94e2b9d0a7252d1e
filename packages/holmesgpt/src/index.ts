export {
  llmRequest,
  llmResponse,
  llmToolCall,
  responseComplete,
  workflowValidationAttempt,
} from './builders.ts';
export { createHolmesgptAuditManager } from './manager.ts';

export type {
  HolmesgptInput,
  LlmRequestInput,
  LlmResponseInput,
  LlmToolCallInput,
  ResponseCompleteInput,
  WorkflowValidationAttemptInput,
} from './builders.ts';
export type {
  AlternativeWorkflow,
  IncidentRequest,
  IncidentResponse,
  JsonObject,
  JsonValue,
  ModelRootCause,
  ModelWorkflow,
} from './incident.ts';
export type { HolmesgptAuditManager } from './manager.ts';
