export { crdCreated, crdFailed, signalDeduplicated, signalReceived } from './builders.ts';
export { createGatewayAuditManager } from './manager.ts';

export type {
  CrdCreatedInput,
  CrdFailedInput,
  SignalDeduplicatedInput,
  SignalReceivedInput,
} from './builders.ts';
export type { CreationFailure } from './failure.ts';
export type { GatewayAuditManager } from './manager.ts';
export type { RemediationRequest, Signal } from './signal.ts';
