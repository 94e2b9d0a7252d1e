import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AuditClient, createAuditApi, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { createDatabase } from '@audit/environments';
import { type AuditRecord, contractCatalogue } from '@audit/schema';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { type PlanSettings, planScenarios } from './plan.ts';
import { playScenario } from './play-scenario.ts';
import { startServerProcess } from './server-process.ts';

const settings = {
  seed: '1',
  startTimeMs: Date.parse('2026-01-14T09:30:00.250Z'),
  remediations: 150,
  spacingMs: 1000,
} satisfies PlanSettings;

it('every event type of every service is stored by the real service and read back equal', async () => {
  const url = await startService();
  const client = createAuditClient({ url, durability: 'memory' });
  play(client);
  const report = await client.close();
  const { events } = await emittedEvents();
  expect(report).toEqual({ delivered: true, acknowledged: events.length, spooled: 0, dead: 0, rejected: 0 });
  const records = await readAll(url);
  expect(records).toHaveLength(events.length);
  const types = contractCatalogue.types.filter(
    (type) => contractCatalogue.find(type)?.definition.emittedBy !== 'server',
  );
  expect(new Set(records.map((record) => record.event_type))).toEqual(new Set(types));
  records.forEach((record, index) => {
    expect(record).toMatchObject({ ...events[index], sequence: index });
  });
});

function play(client: AuditClient): void {
  for (const planned of planScenarios(settings)) playScenario(client, planned);
}

async function emittedEvents() {
  const transport = createMemoryTransport();
  await using client = createAuditClient({ transport, durability: 'memory' });
  play(client);
  await client.flush();
  return transport;
}

async function startService(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'audit-round-trip-'));
  const databaseUrl = await createDatabase(inject('postgresUrl'));
  const stopping = new AbortController();
  // The service from its sources, as the tests run everything.
  vi.stubEnv('NODE_OPTIONS', '--conditions=@audit/source');
  const server = await startServerProcess({
    mainPath: fileURLToPath(new URL('../../server/src/main.ts', import.meta.url)),
    args: ['--port', '0', '--data-dir', dataDir, '--database-url', databaseUrl, '--log-level', 'warn'],
    signal: stopping.signal,
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    stopping.abort();
    await server.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });
  return server.url;
}

async function readAll(url: string, after?: string): Promise<readonly AuditRecord[]> {
  const query = { order: 'asc', limit: 1000, ...(after !== undefined && { cursor: after }) } as const;
  const { data, error } = await createAuditApi({ url }).GET('/api/v1/audit/events', { params: { query } });
  if (data === undefined) throw new Error(error.detail);
  const next = data.pagination.next_cursor;
  return next === null ? data.data : [...data.data, ...(await readAll(url, next))];
}
