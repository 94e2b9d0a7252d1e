export { anyHostileText } from './any-hostile-text.ts';
export { describeAuditManager } from './describe-audit-manager.ts';
export { expectStoredEvents } from './expect-stored-events.ts';

export type { AuditManagerContract, EventManager, ManagerSamples } from './audit-manager-contract.ts';
export type { EventExpectation } from './expect-stored-events.ts';
