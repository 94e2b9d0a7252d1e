import { createMemorySpool } from '@audit/spool';
import type { AuditClient } from './audit-client.ts';
import type { DeliveryOptions, OwnSpoolOptions } from './client-options.ts';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';
import { ManualClock } from './manual-clock.test-support.ts';
import { createMemoryTransport, type MemoryTransport } from './memory-transport.ts';
import type { AuditTransport, TransportAnswer } from './transport.ts';

/** A client on a manual clock before a server in memory; events wait in memory, backoff takes its full bound. */
export interface TestClient {
  readonly client: AuditClient;
  readonly clock: ManualClock;
  /** The server, unless the test brings its own. */
  readonly transport: MemoryTransport;
}

/** Makes a {@link TestClient}; backoff is never shorter than its bound. */
export function createTestClient(
  options: DeliveryOptions & Partial<OwnSpoolOptions> & { readonly transport?: AuditTransport } = {},
): TestClient {
  const clock = new ManualClock();
  const transport = createMemoryTransport();
  const spool = createMemorySpool({ now: () => clock.now() });
  const client = createAuditClient({ transport, clock, random: () => 1, spool, ...options });
  return { client, clock, transport };
}

/** Emits valid events and returns their ids. */
export function emitMany(client: AuditClient, events: number): string[] {
  return Array.from({ length: events }, () => {
    const outcome = client.emit(exampleDraft());
    if (outcome.status !== 'accepted') throw new Error(`the event was ${outcome.status}`);
    return outcome.eventId;
  });
}

/** An answer of the server with a problem document that names these events. */
export function refusal(status: number, indexes: readonly number[] = []): TransportAnswer {
  return {
    status,
    problem: {
      detail: `refused with ${status}`,
      errors: indexes.map((index) => ({ index, message: `event ${index} is bad` })),
    },
  };
}
