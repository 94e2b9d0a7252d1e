import { readFileSync } from 'node:fs';
import { createDatabase } from '@audit/environments';
import { type LogKeyPeriod, leafHash, type Trust } from '@audit/integrity';
import { pino } from 'pino';
import { purgeExpired } from '../retention/purge-expired.ts';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { days, stoppedAt, type TestClock } from '../test-support/clock.ts';
import { narrowPartitions } from '../test-support/narrow-partitions.ts';
import { openLedger } from '../test-support/open-ledger.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { sharedSigningKeyFile } from '../test-support/signing-key.ts';
import { openTestWitness, type TestWitness } from '../test-support/test-witness.ts';
import { Cosigner } from '../witness/cosigner.ts';
import { correlationAt, layout } from './log-layout.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { takeSnapshot } from './snapshots.ts';

/** An honest log, and what an auditor who knows its keys from elsewhere keeps of it. */
export interface SampleLog {
  /** Connection of somebody who may do everything; there are the snapshots `sample`, of the log as it is, and `older`. */
  readonly database: Database;
  /** The secret keys: of the beginning, and in use. */
  readonly signerKeys: readonly [first: string, current: string];
  readonly trust: Omit<Trust, 'keys'> & { readonly keys: readonly LogKeyPeriod[] };
  /** Largest tree the witness has seen: the whole log. */
  readonly seen: TestWitness['seen'];
  readonly witness: Awaited<ReturnType<typeof openTestWitness>>;
  /** Checkpoints, oldest first; a tampering may show the auditor more. */
  readonly checkpoints: string[];
  /** Records and `#purged` lines, in the order of the log. */
  readonly lines: readonly string[];
  /** Hash of every record, in lower-case hex. */
  readonly hashes: readonly string[];
  /** Has the witness cosign the log as it is. */
  cosign(): Promise<void>;
  close(): Promise<void>;
}

/** Builds the log through the real server: holds, a purge, an erasure, another key, a full tile and part of the next. */
export async function buildSampleLog(postgresUrl: string): Promise<SampleLog> {
  const database = openPostgres({ url: await createDatabase(postgresUrl), onIdleError: () => {} });
  await narrowPartitions(database, layout.partitionWidth, 8);
  const clock = stoppedAt('2018-01-01T00:00:00Z');
  const now = clock.now;
  const early = await writeEarly(database, clock);
  const first = readFileSync(sharedSigningKeyFile(), 'utf8').trim();
  const signingKey = { file: sharedSigningKeyFile(), rotate: true };
  const middle = await onServer(await openServer(database, { now, signingKey }), async (server) => {
    await store(server, layout.rotation + 1, layout.olderSize, clock);
    return server.text('/checkpoint');
  });
  await takeSnapshot(database, 'older');
  const kept = await onServer(await openServer(database, { now }), async (server) => {
    await store(server, layout.olderSize, layout.size, clock);
    return keep(server, database);
  });
  await takeSnapshot(database, 'sample');
  const current = readFileSync(sharedSigningKeyFile(), 'utf8').trim();
  const { newest, ...rest } = kept;
  const checkpoints = [...early, middle, newest];
  const close = async () => {
    kept.witness.close();
    await database.close();
  };
  return { database, signerKeys: [first, current], checkpoints, ...rest, close };
}

async function onServer<Result>(
  server: OpenServer,
  work: (server: OpenServer) => Promise<Result>,
): Promise<Result> {
  const result = await work(server);
  await server.close();
  return result;
}

/** Everything before the change of the key. */
async function writeEarly(database: Database, clock: TestClock): Promise<string[]> {
  return onServer(await openServer(database, { now: clock.now }), async (server) => {
    const checkpoints: string[] = [];
    const remember = async () => void checkpoints.push(await server.text('/checkpoint'));
    await store(server, 0, layout.held, clock);
    const holds = '/api/v1/audit/legal-hold';
    await server.post(holds, { correlation_id: 'rr-held', reason: 'Litigation 17.' });
    await server.post(holds, { correlation_id: 'rr-b', reason: 'Litigation 18.' });
    await server.post(`${holds}/rr-b`, { release_reason: 'Settled.' }, 'DELETE');
    clock.time += days(31);
    await purgeSample(database, clock.now);
    const subject = 'anna@example.com';
    await server.post('/api/v1/audit/personal-data/erase', { subject, reason: 'Request 88.' });
    await remember();
    await store(server, layout.erasure + 1, layout.rotation, clock);
    return checkpoints;
  });
}

async function store(server: OpenServer, begin: number, end: number, clock: TestClock): Promise<void> {
  const batch = Array.from({ length: end - begin }, (_, at) => eventAt(begin + at, clock));
  await server.post('/api/v1/audit/events/batch', batch);
}

function eventAt(sequence: number, clock: TestClock): ReturnType<typeof sampleEvent> {
  const correlation = correlationAt(sequence);
  const isPersonal = correlation === 'rr-user';
  const isShortLived = correlation === 'rr-old' || correlation === 'rr-held';
  return sampleEvent({
    correlation_id: correlation,
    event_timestamp: new Date(clock.time + sequence).toISOString(),
    resource_id: `pod/é-${sequence}`,
    severity: sequence % 4 === 0 ? 'critical' : 'info',
    event_outcome: sequence % 7 === 0 ? 'failure' : 'success',
    ...(isPersonal && {
      actor_type: 'user',
      actor_id: sequence % 2 === 0 ? 'anna@example.com' : 'priya@example.com',
    }),
    ...(isShortLived && { retention_days: 30 }),
  });
}

/** Purges what is expired, as the worker of another process would. */
export async function purgeSample(database: Database, now: () => number): Promise<void> {
  const { ownEvents } = await openLedger(database, now);
  await purgeExpired({ database, logId: 'default', ownEvents, now });
}

async function keep(server: OpenServer, database: Database) {
  // What a server answers to an auditor who knows him; in life the keys come by another way.
  const { keys } = (await server.json('/api/v1/audit/log-keys')) as { keys: LogKeyPeriod[] };
  const witness = await openTestWitness(() => keys.at(-1)?.key ?? '');
  const lines = (await server.text('/api/v1/audit/export')).split('\n').slice(0, -1);
  const logger = pino({ level: 'silent' });
  const cosigner = new Cosigner({ database, logId: 'default', logger, witnesses: [witness.witness] });
  const cosign = () => cosigner.cosign();
  await cosign();
  const newest = await server.text('/checkpoint');
  const trust = { keys, witnesses: [witness.witness.verifier.text] };
  return { newest, trust, witness, cosign, seen: witness.seen, lines, hashes: lines.map(hashOfLine) };
}

/** Hash of the record of a line of an export; of a purged one, the line has it. */
export function hashOfLine(line: string): string {
  return /^#purged .*"event_hash":"([0-9a-f]{64})"/.exec(line)?.[1] ?? leafHash(line);
}
