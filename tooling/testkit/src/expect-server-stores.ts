import { createAuditClient } from '@audit/client';
import type {} from '@audit/environments';
import type { EventDraft } from '@audit/schema';
import { expect, inject } from 'vitest';

/** Sends drafts to the running service, over HTTP and into PostgreSQL, and expects it to store every one. */
export async function expectServerStores(drafts: readonly EventDraft[]): Promise<void> {
  await using client = createAuditClient({
    url: inject('auditServerUrl'),
    durability: 'memory',
    spoolQuotaBytes: Number.MAX_SAFE_INTEGER,
  });
  const rejected = drafts
    .map((draft) => client.emitFrom(() => draft, undefined))
    .filter(({ status }) => status !== 'accepted');
  const report = await client.flush();
  const dead = (await client.deadLetters()).map(({ detail }) => detail);
  expect({ ...report, rejected, dead }).toMatchObject({
    rejected: [],
    dead: [],
    acknowledged: drafts.length,
  });
}
