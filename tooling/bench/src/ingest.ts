import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDatabase, type PostgresServer, startAuditServer, startPostgres } from '@audit/environments';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { median, secondsOf } from './measure.ts';
import { postBodies } from './post-bodies.ts';
import { sampleBodies } from './sample-bodies.ts';
import { formatStages, readLoad, readSettledLoad, type ServiceLoad, tileRecords } from './service-load.ts';
import type { BenchRow } from './table.ts';
import { profileFlags } from './with-service.ts';

const rounds = 3;
const eventsPerBatch = 500;
const warmUpBatches = 60;
const batches = 200;
const connections = 16;
const events = batches * eventsPerBatch;

/** Measures ingest over HTTP against COPY of the same rows into the same tables on the same PostgreSQL. */
export async function measureIngest(): Promise<BenchRow[]> {
  const postgres = await startPostgres({ fsync: true });
  try {
    const results: Round[] = [];
    for (let round = 0; round < rounds; round += 1) results.push(await measureRound(postgres));
    const http = median(results.map((result) => result.http));
    const copy = median(results.map((result) => result.copy));
    const ratio = median(results.map((result) => result.http / result.copy));
    return [
      { name: 'COPY of the same rows', figure: `${Math.round(copy)} events/s` },
      {
        name: `HTTP, batches of ${eventsPerBatch}, ${connections} connections`,
        figure: `${Math.round(http)} events/s`,
        ratio: `${ratio.toFixed(2)} of COPY`,
        goal: 'at least 0.75',
      },
      {
        name: 'tree, signatures and tiles',
        figure: `${median(results.map((result) => result.integration)).toFixed(2)} µs an event`,
        ratio: `${median(results.map((result) => (result.integration * result.http) / 1e6)).toFixed(3)} of the time`,
        goal: 'at most 0.100',
      },
      { name: 'stages of the last round', figure: results.at(-1)?.stages ?? '' },
    ];
  } finally {
    await postgres.stop();
  }
}

interface Round {
  readonly http: number;
  readonly copy: number;
  /** Microseconds an event that growing the tree, signing and storing tiles take, each done alone. */
  readonly integration: number;
  readonly stages: string;
}

async function measureRound(postgres: PostgresServer): Promise<Round> {
  const database = await createDatabase(postgres.url);
  const service = await startAuditServer({
    program: 'build',
    nodeFlags: profileFlags(),
    environment: { DATABASE_URL: database },
  });
  await postBodies(
    `${service.url}/api/v1/audit/events/batch`,
    sampleBodies(warmUpBatches, eventsPerBatch),
    connections,
  );
  const bodies = sampleBodies(batches, eventsPerBatch);
  const before = await readLoad(service.url);
  const httpSeconds = await secondsOf(() =>
    postBodies(`${service.url}/api/v1/audit/events/batch`, bodies, connections),
  );
  const after = await readLoad(service.url);
  const settled = await readSettledLoad(service.url, warmUpBatches * eventsPerBatch + events);
  await service.stop();
  const copySeconds = await measureCopy(database);
  return {
    http: events / httpSeconds,
    copy: events / copySeconds,
    integration: computed(before, after) + tilesAlone(after, settled),
    stages: formatStages(before, after, events),
  };
}

function computed(before: ServiceLoad, after: ServiceLoad): number {
  return ((secondsIn(after, ['tree', 'sign']) - secondsIn(before, ['tree', 'sign'])) * 1e6) / events;
}

// During the load tiles are stored beside other work, and the time of both would be counted. The last ones, of about a second,
// are stored when nothing else is done.
function tilesAlone(end: ServiceLoad, settled: ServiceLoad): number {
  const records = (settled.tiles - end.tiles) * tileRecords;
  return ((secondsIn(settled, ['tiles']) - secondsIn(end, ['tiles'])) * 1e6) / records;
}

function secondsIn({ stages }: ServiceLoad, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (stages.get(name) ?? 0), 0);
}

const tables = ['leaves', 'contents'] as const;

// The rows go out, the tables are emptied, and they come back in one COPY each: same rows, same tables, same indexes.
async function measureCopy(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = { leaves: await copyOut(client, 'leaves'), contents: await copyOut(client, 'contents') };
  // The triggers that keep records from being removed.
  await client.query('set session_replication_role = replica');
  await client.query('truncate audit.leaves, audit.contents');
  await client.query('reset session_replication_role');
  await client.query('checkpoint');
  const seconds = await secondsOf(async () => {
    for (const table of tables) {
      await pipeline(Readable.from(rows[table]), client.query(from(`copy audit.${table} from stdin`)));
    }
  });
  await client.end();
  return seconds;
}

async function copyOut(client: pg.Client, table: (typeof tables)[number]): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const rows = `select * from audit.${table} order by sequence limit ${events}`;
  await pipeline(client.query(to(`copy (${rows}) to stdout`)), collect);
  return chunks;
}
