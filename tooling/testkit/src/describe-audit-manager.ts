import { describe, it } from 'vitest';
import { auditManagerChecks } from './audit-manager-checks.ts';
import type { AuditManagerContract, EventManager } from './audit-manager-contract.ts';

/**
 * Declares the tests that every audit manager passes: its events keep the contract, its builders are pure, and it
 * never throws into the service. A manager's own tests then say only what is special about it.
 *
 * @example
 * describeAuditManager({
 *   name: 'workflowexecution',
 *   events: workflowexecutionEvents,
 *   createManager: createWorkflowExecutionAuditManager,
 *   samples: { workflowStarted: [{ execution }], ... },
 * });
 */
export function describeAuditManager<Manager extends EventManager>(
  contract: AuditManagerContract<Manager>,
): void {
  describe(`audit manager of ${contract.name}`, () => {
    for (const [guarantee, check] of Object.entries(auditManagerChecks(contract))) it(guarantee, check);
  });
}
