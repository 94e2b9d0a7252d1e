import {
  type LogKeyPeriod,
  type Report,
  verifyCheckpoint,
  verifyConsistency,
  verifyExport,
  verifyPack,
} from '@audit/integrity';
import type { ChainVerification, ConsistencyProof, LogKeysResponse } from '@audit/schema';
import { expect } from 'vitest';
import type { PlayedLog } from './play-history.ts';

const correlations = ['rr-1', 'rr-2', 'rr-3'];

/** What an auditor of one log remembers from one look to the next. */
export interface Memory {
  readonly checkpoints: string[];
}

/** Looks at an honest log as every outsider does, and expects that nothing contradicts and every count is right. */
export async function checkLog({ server, told }: PlayedLog, memory: Memory): Promise<void> {
  const { keys } = (await server().json('/api/v1/audit/log-keys')) as LogKeysResponse;
  const text = await server().text('/api/v1/audit/export');
  const checkpoint = await server().text('/checkpoint');
  const report = await verifyExport([text], { checkpoint, trust: { keys } });
  expectHolds(report);
  const lines = text.split('\n').slice(0, -1);
  const producers = lines.filter((line) => !line.includes('"event_category":"datastorage"'));
  expect([report.records, report.purged]).toEqual([lines.length, told.purged]);
  expect(producers.length).toBe(told.events);
  memory.checkpoints.push(checkpoint);
  await checkGrowth(server(), memory.checkpoints, keys);
  for (const correlation of correlations)
    await checkChain(server(), correlation, lines, told.purgedOf(correlation));
}

/** Expects that packs of every kind of population verify, each with the counts of the log. */
export async function checkPacks({ server, told }: PlayedLog): Promise<void> {
  const { keys } = (await server().json('/api/v1/audit/log-keys')) as LogKeysResponse;
  const verify = async (population: string) => {
    const report = await verifyPack([await server().text(`/api/v1/audit/evidence-pack?${population}`)], {
      trust: { keys },
    });
    expectHolds(report);
    return report;
  };
  const whole = await verify('from_sequence=0&disclosures=included');
  expect(whole.purged).toBe(told.purged);
  const sample = await verify('seed=honest&sample_size=1');
  expect(sample.records + sample.purged).toBe(1);
  const filter = await verify('event_category=analysis');
  expect([filter.records, filter.purged]).toEqual([told.events - told.purged, 0]);
  for (const correlation of correlations) {
    const path = `/api/v1/audit/events?correlation_id=${correlation}`;
    const { pagination } = (await server().json(path)) as { pagination: { total: number; purged?: number } };
    const { total, purged = 0 } = pagination;
    if (total + purged === 0) continue;
    const pack = await verify(`correlation_id=${correlation}`);
    // The pack's own event closes it.
    expect([pack.records, pack.purged]).toEqual([total + 1, purged]);
  }
}

function expectHolds({ verdict, failure }: Report): void {
  expect(failure).toBeUndefined();
  expect(['proven', 'consistent_unwitnessed']).toContain(verdict);
}

async function checkGrowth(
  server: ReturnType<PlayedLog['server']>,
  checkpoints: readonly string[],
  keys: readonly LogKeyPeriod[],
): Promise<void> {
  const known = await Promise.all(
    checkpoints.map(async (note) => (await verifyCheckpoint(note, { keys })).checkpoint),
  );
  const newest = known.at(-1);
  for (const old of known.slice(0, -1)) {
    if (old === undefined || newest === undefined) throw new Error('a checkpoint of the log cannot be read');
    const path = `/api/v1/audit/proofs/consistency?from=${old.size}&to=${newest.size}`;
    const { consistency_path } = (await server.json(path)) as ConsistencyProof;
    const claim = { oldSize: old.size, oldRoot: old.root, size: newest.size, root: newest.root };
    expectHolds(verifyConsistency(claim, consistency_path));
  }
}

async function checkChain(
  server: ReturnType<PlayedLog['server']>,
  correlation_id: string,
  lines: readonly string[],
  purged: number,
): Promise<void> {
  const chain = (await server.post('/api/v1/audit/verify-chain', { correlation_id })) as ChainVerification;
  const present = lines.filter((line) => line.includes(`"correlation_id":"${correlation_id}"`)).length;
  const { first_failure, is_valid, total_events, verified_events, purged_events } = chain;
  expect({ first_failure, is_valid, total_events, verified_events, purged_events }).toEqual({
    first_failure: undefined,
    is_valid: true,
    total_events: present + purged,
    verified_events: present,
    purged_events: purged,
  });
}
