import { datastorageServerEvents, draftEvent, type EventDraft, type PayloadOf } from '@audit/schema';
import type { Principal } from './server-builders.ts';

type Draft<Name extends keyof typeof datastorageServerEvents> = EventDraft<
  (typeof datastorageServerEvents)[Name]
>;

/** Requests of one caller that are told of together. */
export interface CoalescedRequests {
  readonly logId: string;
  /** operationId of the contract. */
  readonly operation: string;
  /** Number of requests, at least one. */
  readonly requests: number;
  /** Time of the first of them, RFC 3339 in UTC. */
  readonly firstAt: string;
  /** Time of the last of them, RFC 3339 in UTC. */
  readonly lastAt: string;
}

/** Input of {@link accessRefused}. */
export interface AccessRefusedInput extends CoalescedRequests {
  /** Who was refused: a principal, or the address of a stranger. */
  readonly caller: Principal | { readonly peer: string };
  readonly reason: PayloadOf<'datastorage.access.refused'>['reason'];
}

/** Builds `datastorage.access.refused`: requests were answered 401 or 403. */
export function accessRefused(input: AccessRefusedInput): Draft<'accessRefused'> {
  const { caller, logId, operation, reason } = input;
  return draftEvent(datastorageServerEvents.accessRefused, {
    ...('peer' in caller
      ? { actor_type: 'external', actor_id: caller.peer }
      : { actor_type: 'user', actor_id: caller.id }),
    resource_type: 'Operation',
    resource_id: operation,
    event_outcome: 'failure',
    correlation_id: `access:${logId}`,
    event_data: { operation, reason, ...countsOf(input) },
  });
}

/** Input of {@link recordsRead}. */
export interface RecordsReadInput extends CoalescedRequests {
  readonly principal: Principal;
  /** Filters of the query, if there were any. */
  readonly filter?: PayloadOf<'datastorage.records.read'>['filter'];
  /** Records in the answers together. */
  readonly records: number;
}

/** Builds `datastorage.records.read`: records were read by somebody. */
export function recordsRead(input: RecordsReadInput): Draft<'recordsRead'> {
  const { filter, logId, operation, principal, records } = input;
  return draftEvent(datastorageServerEvents.recordsRead, {
    actor_type: 'user',
    actor_id: principal.id,
    resource_type: 'Log',
    resource_id: logId,
    event_outcome: 'success',
    correlation_id: `access:${logId}`,
    event_data: { operation, ...(filter !== undefined && { filter }), ...countsOf(input), records },
  });
}

/** Input of {@link accessPolicyChanged}. */
export interface AccessPolicyChangedInput {
  readonly logId: string;
  /** SHA-256 of the policy file in lower-case hex; undefined when nobody is asked who he is. */
  readonly policySha256?: string | undefined;
  /** The same of the policy before. */
  readonly previousPolicySha256?: string | undefined;
  /** Number of static tokens, of issuers and of trusted proxies. */
  readonly tokens: number;
  readonly issuers: number;
  readonly trustedProxies: number;
  /** How often each role is granted; roles that are not are left out. */
  readonly grants: PayloadOf<'datastorage.access_policy.changed'>['grants'];
}

/** Builds `datastorage.access_policy.changed`: another access policy is in force. */
export function accessPolicyChanged(input: AccessPolicyChangedInput): Draft<'accessPolicyChanged'> {
  const { grants, issuers, logId, policySha256, previousPolicySha256, tokens, trustedProxies } = input;
  return draftEvent(datastorageServerEvents.accessPolicyChanged, {
    actor_type: 'service',
    actor_id: 'datastorage',
    resource_type: 'Log',
    resource_id: logId,
    event_outcome: 'success',
    correlation_id: `access-policy:${logId}`,
    event_data: {
      ...(policySha256 !== undefined && { policy_sha256: policySha256 }),
      ...(previousPolicySha256 !== undefined && { previous_policy_sha256: previousPolicySha256 }),
      tokens,
      issuers,
      trusted_proxies: trustedProxies,
      grants,
    },
  });
}

function countsOf({ requests, firstAt, lastAt }: CoalescedRequests) {
  return { requests, first_at: firstAt, last_at: lastAt };
}
