import {
  type AuditEvent,
  type AuditEventRequest,
  type AuditRecord,
  defineEvent,
  type EventOf,
} from '@audit/schema';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { payloadOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  payload: { image: z.string() },
});

// Records, events of the contract and events of one's own are all read.
expectTypeOf<AuditRecord>().toExtend<TrailEvent>();
expectTypeOf<AuditEvent>().toExtend<TrailEvent>();
expectTypeOf<AuditEventRequest>().toExtend<TrailEvent>();
expectTypeOf<EventOf<typeof deployStarted>>().toExtend<TrailEvent>();
expectTypeOf<{ event_type: string }>().not.toExtend<TrailEvent>();

declare const event: TrailEvent;

// The names of members are the contract's; their values are looked at before they are used.
expectTypeOf(payloadOf(event, 'gateway.signal.received')?.alert_name).toEqualTypeOf<unknown>();
// @ts-expect-error no such member
payloadOf(event, 'gateway.signal.received')?.alertName;
// @ts-expect-error no such type
payloadOf(event, 'gateway.signal.lost');
