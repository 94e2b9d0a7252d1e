import { AuditError, describeReceived } from '@audit/schema';
import type { AuditClient } from './audit-client.ts';
import type { EmissionOutcome } from './emission.ts';
import type { EventBuilder } from './event-builder.ts';

/** Builders by name, such as the namespace of a module that exports nothing else. */
export type BuilderTable = Readonly<Record<string, EventBuilder<never>>>;

/** A service's way to emit its events: the builders' names and inputs, each call emitting what the builder returns. */
export type AuditManager<Builders extends BuilderTable> = {
  readonly [Name in keyof Builders]: (...input: Parameters<Builders[Name]>) => EmissionOutcome;
};

/**
 * Binds builders to a client. A builder that throws is a rejected outcome, never an exception in the service.
 *
 * @example
 * const audit = bindBuilders(client, builders satisfies BuildersFor<typeof workflowexecutionEvents>);
 * audit.workflowStarted({ workflow });
 * @throws {AuditError} `invalid_configuration` when there is no client
 */
export function bindBuilders<const Builders extends BuilderTable>(
  client: AuditClient,
  builders: Builders,
): AuditManager<Builders> {
  assertClient(client);
  const bound = Object.entries(builders).map(([name, builder]) => [name, bind(client, builder)]);
  // Object.fromEntries forgets the names; the entries are those of the builders.
  return Object.fromEntries(bound) as AuditManager<Builders>;
}

function bind(client: AuditClient, builder: EventBuilder<never>): (input: never) => EmissionOutcome {
  return (input) => client.emitFrom(builder, input);
}

// JavaScript callers, and dependency injection that found nothing, must fail at start and not at the first event.
function assertClient(client: unknown): void {
  if (typeof client === 'object' && client !== null && 'emitFrom' in client) return;
  throw new AuditError(
    `bindBuilders: client: expected a client of createAuditClient, received ${describeReceived(client)}`,
    { code: 'invalid_configuration' },
  );
}
