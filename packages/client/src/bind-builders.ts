import { AuditError, describeReceived } from '@audit/schema';
import type { AuditClient } from './audit-client.ts';
import { callListener } from './call-listener.ts';
import type { EmissionOutcome, RejectedEmission, RejectionReason } from './emission.ts';
import type { EmissionIdentity } from './emission-identity.ts';
import type { EventBuilder } from './event-builder.ts';

/** Builders by name, such as the namespace of a module that exports nothing else. */
export type BuilderTable = Readonly<Record<string, EventBuilder<never>>>;

/**
 * A service's way to emit its events: the builders' names and inputs, each call emitting what the builder returns. With
 * an identity as second argument repeated calls are one event.
 */
export type AuditManager<Builders extends BuilderTable> = {
  readonly [Name in keyof Builders]: (
    ...call: [...input: Parameters<Builders[Name]>, identity?: EmissionIdentity]
  ) => EmissionOutcome;
};

/** What happens when an event of a manager is not taken. */
export interface ManagerOptions {
  /**
   * Called with the name of the builder and the outcome of every rejected emission; what it throws becomes a process
   * warning. Default none: the outcome and the client's metrics tell as well.
   */
  readonly onRejected?: (builder: string, outcome: RejectedEmission) => void;
  /**
   * Throw {@link AuditError} `emission_rejected` instead of returning a rejected outcome, for services that must not
   * act without a record. Default false: auditing never fails the business.
   */
  readonly failClosed?: boolean;
}

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
  options: ManagerOptions = {},
): AuditManager<Builders> {
  assertClient(client);
  const bound = Object.entries(builders).map(([name, builder]) => [
    name,
    (input: never, identity?: EmissionIdentity) =>
      judge(name, client.emitFrom(builder, input, identity), options),
  ]);
  // Object.fromEntries forgets the names; the entries are those of the builders.
  return Object.fromEntries(bound) as AuditManager<Builders>;
}

function judge(name: string, outcome: EmissionOutcome, options: ManagerOptions): EmissionOutcome {
  if (outcome.status !== 'rejected') return outcome;
  callListener('onRejected', () => options.onRejected?.(name, outcome));
  if (options.failClosed === true) throw emissionRejected(name, outcome);
  return outcome;
}

// These pass: the server takes what is spooled, the operator makes room. The others come again with the same event.
const retryableReasons: ReadonlySet<RejectionReason> = new Set(['queue_full', 'disk_full', 'spool_failed']);

function emissionRejected(name: string, { reason, error }: RejectedEmission): AuditError {
  return new AuditError(`the event of ${name} was not taken: ${error?.message ?? reason}`, {
    code: 'emission_rejected',
    retryable: retryableReasons.has(reason),
    cause: error,
  });
}

// JavaScript callers, and dependency injection that found nothing, must fail at start and not at the first event.
function assertClient(client: unknown): void {
  if (typeof client === 'object' && client !== null && 'emitFrom' in client) return;
  throw new AuditError(
    `bindBuilders: client: expected a client of createAuditClient, received ${describeReceived(client)}`,
    { code: 'invalid_configuration' },
  );
}
