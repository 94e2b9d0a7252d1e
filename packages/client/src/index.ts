export { createAuditApi } from './audit-api.ts';
export { bindBuilders } from './bind-builders.ts';
export { createAuditClient } from './create-audit-client.ts';
export { createHttpTransport } from './http-transport.ts';

export type { AuditApi, AuditApiOptions } from './audit-api.ts';
export type { AuditClient, CloseOptions } from './audit-client.ts';
export type { BearerToken } from './bearer-token.ts';
export type { AuditManager, BuilderTable, ManagerOptions } from './bind-builders.ts';
export type { ClientMetrics, FlushReport } from './client-metrics.ts';
export type { AuditClientOptions, DeliveryOptions } from './client-options.ts';
export type { ClientState, FailureState } from './client-state.ts';
export type { Clock, ClockTimer } from './clock.ts';
export type { DeadEvent, DeadReason } from './dead-events.ts';
export type { EmissionOutcome, RejectedEmission, RejectionReason } from './emission.ts';
export type { EmissionIdentity } from './emission-identity.ts';
export type { EmittableEvent } from './emittable-event.ts';
export type { BuildersFor, EventBuilder } from './event-builder.ts';
export type { EventQueue, QueueEntry, QueueLimits, QueueStatistics } from './event-queue.ts';
export type { HttpTransportOptions } from './http-transport.ts';
export type { SerialisedEvent } from './serialise-event.ts';
export type {
  AnswerProblem,
  AuditTransport,
  NamedFault,
  TransportAnswer,
  TransportBatch,
} from './transport.ts';
