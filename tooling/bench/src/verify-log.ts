import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { median, secondsOf } from './measure.ts';
import { postBodies } from './post-bodies.ts';
import { sampleBodies } from './sample-bodies.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const rounds = 3;
const eventsPerBatch = 500;
const batches = 600;
const connections = 16;
const cli = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

/** Measures `audit verify --url` over a whole log in PostgreSQL against COPY of its records, and nothing done with them. */
export function measureVerifyLog(): Promise<BenchRow[]> {
  return withService(async ({ url }, databaseUrl) => {
    await postBodies(`${url}/api/v1/audit/events/batch`, sampleBodies(batches, eventsPerBatch), connections);
    const seconds: { copy: number; verify: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const copy = await secondsOf(() => copyOut(databaseUrl));
      seconds.push({ copy, verify: await secondsOf(() => verify(url)) });
    }
    return rowsOf(seconds);
  });
}

function rowsOf(seconds: readonly { readonly copy: number; readonly verify: number }[]): BenchRow[] {
  const rate = (taken: readonly number[]) =>
    `${Math.round((batches * eventsPerBatch) / median(taken))} records/s`;
  return [
    { name: 'COPY of the records out', figure: rate(seconds.map(({ copy }) => copy)) },
    {
      name: 'audit verify --url',
      figure: rate(seconds.map(({ verify: taken }) => taken)),
      ratio: `${median(seconds.map(({ copy, verify: taken }) => copy / taken)).toFixed(2)} of COPY`,
      goal: 'at least 0.60',
    },
  ];
}

async function copyOut(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() });
  const query = 'select record from audit.contents order by sequence';
  await pipeline(client.query(to(`copy (${query}) to stdout`)), discard);
  await client.end();
}

// A state directory of its own each time: what was verified before is not read again.
async function verify(url: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'audit-bench-'));
  const flags = ['verify', '--url', url, '--consistency-only', '--json', '--state-dir', directory];
  const child = spawn(process.execPath, [cli, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  await rm(directory, { recursive: true });
  if (code !== 0) throw new Error(`audit verify ended with ${code}`);
}
