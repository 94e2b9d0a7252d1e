import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { type EventDraft, type EventSkip, isEventSkip } from '@audit/schema';
import type { SampleCall } from './audit-manager-contract.ts';

/** Runs a sample's builder and returns what it built, before the client adds id and time. */
export function buildSample(sample: SampleCall): EventDraft | EventSkip {
  let built: EventDraft | EventSkip | undefined;
  const client: AuditClient = {
    ...createAuditClient({ transport: createMemoryTransport(), durability: 'memory' }),
    emitFrom: (builder, input) => {
      built = builder(input);
      return { status: 'skipped', reason: 'only built' };
    },
  };
  sample.callOn(client);
  if (built === undefined) throw new Error(`${sample.title}: the method did not use the client`);
  return built;
}

/** A sample that yields an event, with the event. */
export interface BuiltSample extends SampleCall {
  readonly draft: EventDraft;
}

/** Builds every sample and keeps those that yield an event. */
export function buildEvents(samples: readonly SampleCall[]): readonly BuiltSample[] {
  return samples.flatMap((sample) => {
    const built = buildSample(sample);
    return isEventSkip(built) ? [] : [{ ...sample, draft: built }];
  });
}
