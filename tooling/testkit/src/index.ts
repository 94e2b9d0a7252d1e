export { describeAuditManager } from './describe-audit-manager.ts';
export { expectServerStores } from './expect-server-stores.ts';

export type { AuditManagerContract, EventManager, ManagerSamples } from './audit-manager-contract.ts';
