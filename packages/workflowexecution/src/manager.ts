import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { workflowexecutionEvents } from '@audit/schema';
import * as builders from './builders.ts';

const workflowExecutionBuilders = builders satisfies BuildersFor<typeof workflowexecutionEvents>;

/** One method per event of the workflow execution controller, each returning what became of the event. */
export type WorkflowExecutionAuditManager = AuditManager<typeof workflowExecutionBuilders>;

/**
 * Creates the audit manager of the workflow execution controller.
 *
 * @example
 * const audit = createWorkflowExecutionAuditManager(client);
 * audit.workflowCompleted({ execution });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createWorkflowExecutionAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): WorkflowExecutionAuditManager {
  return bindBuilders(client, workflowExecutionBuilders, options);
}
