export { createAuditApi } from './audit-api.ts';
export { bindBuilders } from './bind-builders.ts';
export { createAuditClient } from './create-audit-client.ts';
export { defaultSpoolRoot } from './default-spool-root.ts';
export { createHttpTransport } from './http-transport.ts';

export type { AuditApi, AuditApiOptions } from './audit-api.ts';
export type { AuditClient, CloseOptions } from './audit-client.ts';
export type { BearerToken, TokenRequest } from './bearer-token.ts';
export type { AuditManager, BuilderTable, ManagerOptions } from './bind-builders.ts';
export type { ClientMetrics, FlushReport } from './client-metrics.ts';
export type {
  AuditClientOptions,
  DeliveryOptions,
  Durability,
  OwnSpoolOptions,
  SpoolOptions,
  TraceOptions,
} from './client-options.ts';
export type { ClientState, FailureState } from './client-state.ts';
export type { Clock, ClockTimer } from './clock.ts';
export type {
  DurableOutcome,
  EmissionOutcome,
  RejectedEmission,
  RejectionReason,
  SkippedEmission,
} from './emission.ts';
export type { EmissionIdentity } from './emission-identity.ts';
export type { EmittableEvent } from './emittable-event.ts';
export type { BuildersFor, EventBuilder } from './event-builder.ts';
export type { HttpTransportOptions } from './http-transport.ts';
export type { DeathReason } from './response-action.ts';
export type { TraceSpan } from './trace-stamps.ts';
export type {
  AnswerProblem,
  AuditTransport,
  NamedFault,
  ServerLimits,
  TransportAnswer,
  TransportBatch,
} from './transport.ts';
