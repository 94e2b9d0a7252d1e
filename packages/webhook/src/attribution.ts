import { onlyKnown, utcTime } from '@audit/schema';
import type { ObjectMetadata } from './kubernetes-objects.ts';

/** Who sent the request: `userInfo` of the AdmissionRequest, which the API server has authenticated. */
export interface AuthenticatedUser {
  readonly username: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
}

/** What {@link attribute} needs to know. */
export interface Attribution {
  readonly user: AuthenticatedUser;
  /** Kind of the object. */
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  /** The remediation that the object belongs to, where it knows one. */
  readonly remediationName: string | undefined;
}

/** Tells who acted on which object. */
export function attribute({ user, kind, metadata, remediationName }: Attribution) {
  // The API server refuses objects without a name; the fallback serves callers that read their objects elsewhere.
  const name = metadata.name || 'unknown';
  return {
    actor_type: 'user',
    actor_id: userName(user),
    resource_type: kind,
    resource_id: metadata.uid || name,
    correlation_id: remediationName || name,
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}

/** Name of the user; `unknown` when it is empty, which no authenticated request has. */
export function userName({ username }: AuthenticatedUser): string {
  return username || 'unknown';
}

/** Tells whether the request came from a program that runs in the cluster. */
export function isServiceAccount({ username }: AuthenticatedUser): boolean {
  return username.startsWith('system:serviceaccount:');
}

/** Writes a moment as events have it; an invalid Date becomes Go's zero time, which readers know for no time. */
export function momentText(moment: Date): string {
  if (Number.isNaN(moment.getTime())) return goZeroTime;
  return utcTime(moment.toISOString()) ?? goZeroTime;
}

const goZeroTime = '0001-01-01T00:00:00Z';
