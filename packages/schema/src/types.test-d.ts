import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import type { components } from './generated/openapi-types.ts';
import {
  type AuditEvent,
  type AuditEventOf,
  type AuditEventRequest,
  type DefinitionOf,
  defineEvent,
  draftEvent,
  type EventCategory,
  type EventDraft,
  type EventIssue,
  type EventOf,
  type EventType,
  eventsByService,
  gatewayEvents,
  onlyKnown,
  type PayloadOf,
  type ServiceName,
  safeParseEvent,
  workflowexecutionEvents,
} from './index.ts';

type Schemas = components['schemas'];

const received = {
  version: '1.0',
  event_type: 'gateway.signal.received',
  event_timestamp: '2026-01-14T09:14:02Z',
  event_category: 'gateway',
  event_action: 'received',
  event_outcome: 'success',
  correlation_id: 'rr-1',
  event_data: {
    event_type: 'gateway.signal.received',
    signal_type: 'prometheus-alert',
    alert_name: 'KubePodOOMKilled',
    namespace: 'payments',
    fingerprint: '3f9ab2c4',
  },
} as const satisfies AuditEventOf<'gateway.signal.received'>;

type Received = AuditEventOf<'gateway.signal.received'>;

// An event is one type, its category and its payload together.
received satisfies AuditEvent;
const { fingerprint: _fingerprint, ...incompleteData } = received.event_data;
const { correlation_id: _correlation, ...incompleteEnvelope } = received;
// @ts-expect-error a member of the payload is missing
({ ...received, event_data: incompleteData }) satisfies Received;
// @ts-expect-error a member of the envelope is missing
incompleteEnvelope satisfies Received;
// @ts-expect-error a member of the payload has a value outside its list
({ ...received, event_data: { ...received.event_data, signal_type: 'pager' } }) satisfies Received;
// @ts-expect-error a member of the payload has the wrong type
({ ...received, event_data: { ...received.event_data, fingerprint: 5 } }) satisfies Received;
// @ts-expect-error the payload has no such member
({ ...received, event_data: { ...received.event_data, phase: 'Pending' } }) satisfies Received;
// @ts-expect-error the envelope has no such member
({ ...received, transaction_id: '1' }) satisfies Received;
// @ts-expect-error the category is that of another service
({ ...received, event_category: 'webhook' }) satisfies AuditEvent;
// @ts-expect-error the type is that of another service
({ ...received, event_type: 'webhook.approval.decided' }) satisfies AuditEvent;
// @ts-expect-error envelope and payload name different types of one service
({ ...received, event_type: 'gateway.crd.created' }) satisfies AuditEvent;
// @ts-expect-error there is no such outcome
({ ...received, event_outcome: 'maybe' }) satisfies AuditEvent;

// The union knows every type, and narrows to one.
expectTypeOf<AuditEvent['event_type']>().toEqualTypeOf<EventType>();
expectTypeOf<AuditEvent['event_category']>().toEqualTypeOf<EventCategory>();
declare const event: AuditEvent;
if (event.event_type === 'workflowexecution.workflow.failed') {
  expectTypeOf(event).toEqualTypeOf<AuditEventOf<'workflowexecution.workflow.failed'>>();
  expectTypeOf(event.event_category).toEqualTypeOf<'workflowexecution'>();
  expectTypeOf(event.event_data.failed_task_name).toEqualTypeOf<string | undefined>();
  // @ts-expect-error only the payload of another type has this member
  event.event_data.fingerprint;
}

// What the specification says of a type is what its payload is, under that one type.
type SpecPayload<Type extends EventType, Payload = Schemas['AuditEventData']> = Payload extends {
  event_type: infer Types;
}
  ? Type extends Types
    ? Payload
    : never
  : never;
type IsSpecPayload<Type extends EventType> = [
  Omit<PayloadOf<Type>, 'event_type'>,
  PayloadOf<Type>['event_type'],
] extends [Omit<SpecPayload<Type>, 'event_type'>, Type]
  ? [Omit<SpecPayload<Type>, 'event_type'>] extends [Omit<PayloadOf<Type>, 'event_type'>]
    ? true
    : false
  : false;
({}) satisfies Record<{ [T in EventType]: IsSpecPayload<T> extends true ? never : T }[EventType], never>;
expectTypeOf<PayloadOf<'llm_request'>['prompt_length']>().toEqualTypeOf<number>();

type Envelope = Omit<AuditEventRequest, 'event_type' | 'event_category' | 'event_data'>;
type IsEnvelope<Type extends EventType> = [Omit<AuditEventOf<Type>, keyof Variable>, Envelope] extends [
  Envelope,
  Omit<AuditEventOf<Type>, keyof Variable>,
]
  ? true
  : false;
type Variable = Pick<AuditEventRequest, 'event_type' | 'event_category' | 'event_data'>;
({}) satisfies Record<{ [T in EventType]: IsEnvelope<T> extends true ? never : T }[EventType], never>;
expectTypeOf<EventOf<typeof gatewayEvents.signalReceived>>().toEqualTypeOf<Received>();
expectTypeOf<DefinitionOf<'gateway.crd.failed'>['category']>().toEqualTypeOf<'gateway'>();

// Nothing a user touches is any.
type IsAny<Value> = 0 extends 1 & Value ? true : false;
type HasAny<Value> =
  IsAny<Value> extends true
    ? true
    : Value extends object
      ? true extends { [Name in keyof Value]-?: HasAny<Value[Name]> }[keyof Value]
        ? true
        : false
      : false;
({}) satisfies Record<{ [T in EventType]: HasAny<PayloadOf<T>> extends false ? never : T }[EventType], never>;
({}) satisfies Record<
  { [T in EventType]: HasAny<AuditEventOf<T>> extends false ? never : T }[EventType],
  never
>;
expectTypeOf<HasAny<{ list: { member?: z.infer<z.ZodAny> }[] }>>().toEqualTypeOf<true>();
expectTypeOf<AuditEvent>().not.toBeAny();
const result = safeParseEvent({});
expectTypeOf(result).not.toBeAny();
if (result.success) expectTypeOf(result.event).toEqualTypeOf<AuditEvent>();
else expectTypeOf(result.issues).toEqualTypeOf<readonly EventIssue[]>();
// @ts-expect-error a result that was not looked at has no event yet
result.event;

// Services and their builders are known by name.
expectTypeOf<ServiceName>().toEqualTypeOf<keyof typeof eventsByService>();
expectTypeOf(
  eventsByService['signal-processing'].signalProcessed.type,
).toEqualTypeOf<'signalprocessing.signal.processed'>();
// @ts-expect-error there is no such event
workflowexecutionEvents.workflowCancelled;

// A builder says what the event table does not.
const { event_type: _tag, ...signal } = received.event_data;
const members = { event_outcome: 'success', correlation_id: 'rr-1', event_data: signal } as const;
expectTypeOf(draftEvent(gatewayEvents.signalReceived, members)).toEqualTypeOf<
  EventDraft<typeof gatewayEvents.signalReceived>
>();
draftEvent(gatewayEvents.signalReceived, { ...members, event_id: '019bbbc8-90c6-770c-b57b-8625edb2dea2' });
// @ts-expect-error the table knows the action
draftEvent(gatewayEvents.signalReceived, { ...members, event_action: 'received' });
// @ts-expect-error the envelope has no such member
draftEvent(gatewayEvents.signalReceived, { ...members, transaction_id: '1' });
// @ts-expect-error the outcome is missing
draftEvent(gatewayEvents.signalReceived, { correlation_id: 'rr-1', event_data: signal });
// @ts-expect-error the payload lacks members
draftEvent(gatewayEvents.signalReceived, { ...members, event_data: { alert_name: 'KubePodOOMKilled' } });
// @ts-expect-error the payload has no such member
draftEvent(gatewayEvents.signalReceived, { ...members, event_data: { ...signal, phase: 'Pending' } });
// @ts-expect-error the payload is that of another type
draftEvent(workflowexecutionEvents.workflowFailed, members);

// A user's own event has the same types.
const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  payload: { image: z.string(), replicas: z.int().optional(), canary: z.boolean().default(false) },
});
type DeployStarted = EventOf<typeof deployStarted>;
expectTypeOf<DeployStarted['event_type']>().toEqualTypeOf<'deployer.deploy.started'>();
expectTypeOf<DeployStarted['event_category']>().toEqualTypeOf<'deployer'>();
expectTypeOf<DeployStarted['event_data']['image']>().toEqualTypeOf<string>();
expectTypeOf<DeployStarted['event_data']['replicas']>().toEqualTypeOf<number | undefined>();
// Events are sent as written: a default is what the validator would fill in, so the member may be left out.
expectTypeOf<DeployStarted['event_data']['canary']>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<DeployStarted['event_data']['event_type']>().toEqualTypeOf<'deployer.deploy.started'>();
const deployment = { event_outcome: 'success', correlation_id: 'rr-1' } as const;
draftEvent(deployStarted, { ...deployment, event_data: { image: 'app:1' } });
// @ts-expect-error the payload lacks a member
draftEvent(deployStarted, { ...deployment, event_data: {} });
// @ts-expect-error the payload has no such member
draftEvent(deployStarted, { ...deployment, event_data: { image: 'app:1', tag: '1' } });
// @ts-expect-error there is no such outcome
defineEvent({ type: 'a.b.c', category: 'a', action: 'c', payload: {}, outcomes: ['maybe'] });

// Optional members become absent or known, never undefined.
declare const loose: { phase: 'Failed'; name: string; reason: string | null; count: number | undefined };
expectTypeOf(onlyKnown(loose)).branded.toEqualTypeOf<{
  phase: 'Failed';
  name?: string;
  reason?: string;
  count?: number;
}>();
