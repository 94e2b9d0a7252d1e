import { accessPolicyChanged } from '@audit/datastorage/server';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import type { AccessPolicy } from './access-policy.ts';
import type { LoadedPolicy } from './load-access-policy.ts';
import { roles } from './role.ts';

/** What {@link recordPolicy} needs. */
export interface RecordPolicyOptions {
  readonly database: Queryable;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
}

const readPolicyDigest = readQuery('read-policy-digest');

/**
 * Stores the event of another policy, unless the newest such event of the log is of this one: servers of one log that
 * are given the same file tell of it once, and a change while none was running is told of at the next start.
 */
export async function recordPolicy(
  loaded: LoadedPolicy | undefined,
  options: RecordPolicyOptions,
): Promise<void> {
  const { database, logId, ownEvents } = options;
  const [newest] = await database.query<{ policy_sha256: string | null }>(readPolicyDigest, [logId]);
  const previous = newest?.policy_sha256 ?? undefined;
  if (previous === loaded?.sha256) return;
  const { issuers = [], tokens = [], trusted_proxies = [] } = loaded?.policy ?? {};
  await ownEvents.record(
    accessPolicyChanged({
      logId,
      policySha256: loaded?.sha256,
      previousPolicySha256: previous,
      tokens: tokens.length,
      issuers: issuers.length,
      trustedProxies: trusted_proxies.length,
      grants: loaded === undefined ? [] : countGrants(loaded.policy),
    }),
  );
}

function countGrants({ issuers, tokens, trusted_proxies }: AccessPolicy) {
  const granting = [...tokens, ...[...issuers, ...trusted_proxies].flatMap((each) => each.grants)];
  const counts = roles.map((role) => ({
    role,
    grants: granting.filter((each) => each.roles.includes(role)).length,
  }));
  return counts.filter(({ grants }) => grants > 0);
}
