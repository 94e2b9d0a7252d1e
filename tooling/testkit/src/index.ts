export { describeAuditManager } from './describe-audit-manager.ts';

export type { AuditManagerContract, EventManager, ManagerSamples } from './audit-manager-contract.ts';
