import {
  type AuditEvent,
  defineEvent,
  draftEvent,
  type EventDraft,
  type EventSkip,
  type gatewayEvents,
  parseEvent,
  skipEvent,
  workflowexecutionEvents,
} from '@audit/schema';
import { createMemorySpool } from '@audit/spool';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { exampleDraft } from './example-event.test-support.ts';
import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  createAuditApi,
  createAuditClient,
  type DurableOutcome,
  type EmissionIdentity,
  type EmissionOutcome,
} from './index.ts';

const client = createAuditClient({ url: 'http://localhost:8080' });
expectTypeOf(client).toEqualTypeOf<AuditClient>();

// A server or a transport is needed, not both.
// @ts-expect-error neither
createAuditClient({});
// @ts-expect-error both
createAuditClient({ url: 'http://localhost:8080', transport: { send: async () => ({ status: 201 }) } });

// A spool is chosen by durability and place, or brought along.
const spool = createMemorySpool();
createAuditClient({ url: 'http://localhost:8080', durability: 'disk', spoolRoot: '/var/spool/audit' });
createAuditClient({ url: 'http://localhost:8080', spool });
// @ts-expect-error there is no such durability
createAuditClient({ url: 'http://localhost:8080', durability: 'disc' });
// @ts-expect-error a spool that is brought along has its place
createAuditClient({ url: 'http://localhost:8080', spool, spoolRoot: '/var/spool/audit' });
// @ts-expect-error a spool that is brought along is not in memory by this option
createAuditClient({ url: 'http://localhost:8080', spool, durability: 'memory' });
// A token function is told whether the last token was refused.
createAuditClient({ url: 'http://localhost:8080', token: ({ refused }) => (refused ? 'new' : 'kept') });
createAuditClient({ url: 'http://localhost:8080', token: async () => 'always new' });

// Drafts, complete events and events that were parsed are emitted.
expectTypeOf(client.emit(exampleDraft())).toEqualTypeOf<EmissionOutcome>();
client.emit(parseEvent({}));
expectTypeOf(client.emitDurable(exampleDraft())).toEqualTypeOf<Promise<DurableOutcome>>();
expectTypeOf(client.confirm(client.emit(exampleDraft()))).toEqualTypeOf<Promise<DurableOutcome>>();
// @ts-expect-error not an event
client.emitDurable({});
declare const anyEvent: AuditEvent;
client.emit(anyEvent);
client.emit({ ...exampleDraft(), event_id: '019bbbd8-e35e-768f-9670-d80ea5c01dde' });

// An event is one type, its category and its payload together.
const { event_data, ...envelope } = exampleDraft();
client.emit({ ...envelope, event_data });
// @ts-expect-error the payload is missing
client.emit(envelope);
// @ts-expect-error the payload is that of another type
client.emit({ ...envelope, event_type: 'gateway.signal.received', event_data });
// @ts-expect-error the category is that of another type
client.emit({ ...envelope, event_category: 'gateway', event_data });
declare const partialData: Pick<typeof event_data, 'event_type' | 'workflow_id'>;
// @ts-expect-error the payload lacks members
client.emit({ ...envelope, event_data: partialData });
// @ts-expect-error the payload says another type than the envelope
client.emit({ ...envelope, event_data: { ...event_data, event_type: 'workflowexecution.workflow.failed' } });

// A type that is only known as text could be any: nothing says that the payload is its own.
declare const wideType: string;
// @ts-expect-error the type is not known
client.emit({ ...envelope, event_type: wideType, event_data });
// @ts-expect-error not an event
client.emit({});

// The user's own events are emitted as well.
const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  payload: { image: z.string() },
});
const deployDraft = draftEvent(deployStarted, {
  event_outcome: 'success',
  correlation_id: 'rr-1',
  event_data: { image: 'registry.example.com/app:1' },
});
client.emit(deployDraft);
// @ts-expect-error the payload says another type than the envelope
client.emit({ ...deployDraft, event_type: 'deployer.deploy.finished' });

// A manager has the builders' names and inputs.
const builders = {
  /** Says that a deployment began. */
  deployStarted: (input: { readonly image: string }): EventDraft<typeof deployStarted> =>
    draftEvent(deployStarted, { event_outcome: 'success', correlation_id: 'rr-1', event_data: input }),
  deployIgnored: (_input: string): EventSkip => skipEvent('nothing to record'),
};
const manager = bindBuilders(client, builders);
expectTypeOf(manager).toEqualTypeOf<AuditManager<typeof builders>>();
expectTypeOf(manager.deployStarted).toEqualTypeOf<
  (input: { readonly image: string }, identity?: EmissionIdentity) => EmissionOutcome
>();
manager.deployIgnored('app', { emissionKey: 'generation-7', occurredAt: new Date(0) });
// @ts-expect-error a key without the time of the change would be one id with several contents
manager.deployIgnored('app', { emissionKey: 'generation-7' });
// @ts-expect-error the input lacks a member
manager.deployStarted({});
// @ts-expect-error there is no such builder
manager.deployFinished({ image: 'registry.example.com/app:1' });
// @ts-expect-error a manager cannot be changed
manager.deployStarted = () => ({ status: 'skipped', reason: '' });
// @ts-expect-error a builder returns an event
bindBuilders(client, { deployStarted: () => 'deployer.deploy.started' });

// A table of events has a builder for each, and each builds its own event.
type WorkflowBuilders = BuildersFor<
  Pick<typeof workflowexecutionEvents, 'workflowStarted' | 'workflowFailed'>
>;
const workflowStarted = () => exampleDraft();
const workflowFailed = (input: { readonly reason: string }) =>
  input.reason === ''
    ? skipEvent('no reason')
    : draftEvent(workflowexecutionEvents.workflowFailed, { ...envelope, event_data });
({ workflowStarted, workflowFailed }) satisfies WorkflowBuilders;
// @ts-expect-error workflowFailed is missing
({ workflowStarted }) satisfies WorkflowBuilders;
// @ts-expect-error workflowFailed is misnamed
({ workflowStarted, workflowFail: workflowFailed }) satisfies WorkflowBuilders;
// @ts-expect-error workflowFailed builds another event
({ workflowStarted, workflowFailed: workflowStarted }) satisfies WorkflowBuilders;
// @ts-expect-error workflowFailed builds nothing
({ workflowStarted, workflowFailed: () => undefined }) satisfies WorkflowBuilders;
expectTypeOf<keyof BuildersFor<typeof gatewayEvents>>().toEqualTypeOf<keyof typeof gatewayEvents>();

// The typed HTTP client knows paths, parameters and answers.
const api = createAuditApi({ url: 'http://localhost:8080' });
const page = await api.GET('/api/v1/audit/events', { params: { query: { correlation_id: 'rr-1' } } });
expectTypeOf(page.data).not.toBeAny();
// @ts-expect-error there is no such path
await api.GET('/api/v1/audit/event');
