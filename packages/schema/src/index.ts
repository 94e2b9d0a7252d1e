export { AuditError, isAuditError } from './audit-error.ts';
export { defineEvent } from './define-event.ts';
export { displayText, unseenCharacter } from './display-text.ts';
export { draftEvent, envelopeVersion } from './draft-event.ts';
export { contractCatalogue, createEventCatalogue } from './event-catalogue.ts';
export { describeReceived, eventIssue, toPointer } from './event-issue.ts';
export { isEventSkip, skipEvent } from './event-skip.ts';
export { eventsByService } from './generated/event-table.ts';
export { aianalysisEvents } from './generated/events/aianalysis.ts';
export { datastorageEvents } from './generated/events/datastorage.ts';
export { datastorageServerEvents } from './generated/events/datastorage-server.ts';
export { gatewayEvents } from './generated/events/gateway.ts';
export { holmesgptEvents } from './generated/events/holmesgpt.ts';
export { notificationEvents } from './generated/events/notification.ts';
export { orchestratorEvents } from './generated/events/orchestrator.ts';
export { signalProcessingEvents } from './generated/events/signal-processing.ts';
export { webhookEvents } from './generated/events/webhook.ts';
export { workflowexecutionEvents } from './generated/events/workflowexecution.ts';
export { personalDataPaths, personalEnvelopeMembers } from './generated/personal-data.ts';
export { specHash, specVersion } from './generated/spec-identity.ts';
export { goDuration, parseGoDuration } from './go-duration.ts';
export { InvalidEventError } from './invalid-event-error.ts';
export { onlyKnown } from './only-known.ts';
export { parseEvent, safeParseEvent } from './parse-event.ts';
export { safeParseRequest } from './parse-request.ts';
export { shortenText } from './storable.ts';
export { eventBytesMax, eventDataDepthMax, hasSoundStructure } from './structure-issues.ts';
export { utcTime } from './utc-time.ts';

export type { AuditErrorCode, AuditErrorOptions } from './audit-error.ts';
export type { AuditEvent, AuditEventOf, DefinitionOf, PayloadOf, ServiceName } from './audit-event.ts';
export type { DefinedEvent, EventDescription } from './define-event.ts';
export type { DraftMembers } from './draft-event.ts';
export type { CatalogueEntry, EventCatalogue } from './event-catalogue.ts';
export type { EventDefinition, EventDraft, EventOf } from './event-definition.ts';
export type { EventIssue, EventIssueCode } from './event-issue.ts';
export type { EventSkip } from './event-skip.ts';
export type {
  AuditEventRequest,
  AuditEventResponse,
  AuditEventsQueryResponse,
  AuditLimits,
  AuditRecord,
  AuditStatistics,
  AuditStatus,
  BatchAuditEventResponse,
  ChainFailure,
  ChainVerification,
  ConsistencyProof,
  ErrorDetails,
  EventCategory,
  EventDisclosures,
  EventOutcome,
  EventType,
  InclusionProof,
  LegalHold,
  LegalHoldRelease,
  LegalHoldsResponse,
  LogKeysResponse,
  NotificationAudit,
  PersonalDataErasureResponse,
  Problem,
  ProblemError,
  Reconstruction,
  ReconstructionValidation,
  RetentionPolicy,
  StatisticsBucket,
  TailSkipped,
  TamperedEvent,
  paths,
} from './generated/openapi-types.ts';
export type { ParseEventOptions, ParseEventResult } from './parse-event.ts';
export type { ParseRequestResult, RequestName, RequestOf } from './parse-request.ts';
