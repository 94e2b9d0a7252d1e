export {
  executionStarted,
  selectionCompleted,
  workflowCompleted,
  workflowFailed,
  workflowStarted,
} from './builders.ts';
export { createWorkflowExecutionAuditManager } from './manager.ts';

export type {
  ExecutionStartedInput,
  SelectionCompletedInput,
  WorkflowCompletedInput,
  WorkflowFailedInput,
  WorkflowStartedInput,
} from './builders.ts';
export type { WorkflowExecutionAuditManager } from './manager.ts';
export type {
  FailureDetails,
  WorkflowExecution,
  WorkflowExecutionMetadata,
  WorkflowExecutionSpec,
  WorkflowExecutionStatus,
  WorkflowRef,
} from './workflow-execution.ts';
