import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAuditServer } from '@audit/environments';
import pg from 'pg';
import { median, percentile } from './measure.ts';
import { longTrailBodies, mixedBodies } from './mixed-bodies.ts';
import { postBodies } from './post-bodies.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const storedEvents = Number(process.env.AUDIT_BENCH_CONSOLE_EVENTS ?? 1_000_000);
const embeddedEvents = 100_000;
const longTrailEvents = 20_000;
const latencyMs = 200;
const daysBack = 20;
const eventsAtOnce = 20_000;
const connections = 16;

/** Measures what people see: the console in a real browser, on the embedded database and on a large log in PostgreSQL. */
export async function measureConsole(): Promise<BenchRow[]> {
  return [...(await measureEmbedded()), ...(await measureLarge()), toScriptRow()];
}

async function measureEmbedded(): Promise<BenchRow[]> {
  const service = await startAuditServer({ program: 'build' });
  try {
    await fill(service.url, embeddedEvents);
    const paint = await look('paint', service.url);
    const verification = await look('verification', service.url);
    return [
      toRow('first contentful paint of the overview, embedded', paint, 'paintMs', 'at most 1000 ms'),
      toRow('its panels stand', paint, 'panelsMs'),
      toRow(`${embeddedEvents} records verified in the browser`, verification, 'verifyMs', 'at most 5000 ms'),
    ];
  } finally {
    await service.stop();
  }
}

function measureLarge(): Promise<BenchRow[]> {
  return withService(async ({ url }, databaseUrl) => {
    await fill(url, storedEvents);
    const startMs = Date.now() - longTrailEvents * 100;
    await post(url, longTrailBodies('rr-long', longTrailEvents, startMs));
    await settle(databaseUrl);
    const name = `filter to result at ${storedEvents} events`;
    const filters = await look('filters', url);
    const overview = await look('paint', url);
    const scrolling = await look('scrolling', url);
    const slow = await look('filters', url, latencyMs);
    const arrivals = await look('arrivals', url, latencyMs);
    return [
      toRow(name, filters, 'resultMs', 'p95 at most 300 ms'),
      toRow(`${name}, ${latencyMs} ms of latency`, slow, 'resultMs'),
      toRow(`panels of the overview stand at ${storedEvents} events`, overview, 'panelsMs'),
      {
        name: `frames a second, scrolling ${longTrailEvents} events`,
        figure: `${median(figuresOf(scrolling, 'framesPerSecond')).toFixed(0)}, at most ${Math.max(...figuresOf(scrolling, 'rowsMost'))} rows drawn (load ${scrolling.load.toFixed(1)})`,
        goal: '60',
      },
      ...Object.keys(arrivals.figures).map((place) => ({
        ...toRow(place, arrivals, place),
        name: `${place}, ${latencyMs} ms of latency`,
      })),
    ];
  });
}

async function fill(url: string, events: number): Promise<void> {
  const firstMs = Date.now() - daysBack * 86_400_000;
  const stepMs = (daysBack * 86_400_000) / events;
  for (let begin = 0; begin < events; begin += eventsAtOnce) {
    const end = Math.min(events, begin + eventsAtOnce);
    await post(url, mixedBodies({ begin, end, timeOf: (event) => firstMs + event * stepMs }));
  }
}

function post(url: string, bodies: readonly Buffer[]): Promise<void> {
  return postBodies(`${url}/api/v1/audit/events/batch`, bodies, connections);
}

// What autovacuum does within a minute of such a stretch of writes.
async function settle(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../apps/console/bench/main.ts', import.meta.url));

interface Looked {
  readonly figures: Readonly<Record<string, readonly number[]>>;
  /** What the machine did at the end of it, mean of a minute. */
  readonly load: number;
}

// A program of the console's own: the types of browsers and those of Node do not go together.
async function look(measurement: string, url: string, latency = 0): Promise<Looked> {
  const { stdout } = await run(process.execPath, [program, measurement, url, String(latency)]);
  // The program writes what it is said to.
  return { figures: JSON.parse(stdout) as Looked['figures'], load: loadavg()[0] ?? Number.NaN };
}

function figuresOf({ figures }: Looked, name: string): readonly number[] {
  const found = figures[name];
  if (found === undefined || found.length === 0) throw new Error(`there is no figure of ${name}`);
  return found;
}

function toRow(name: string, looked: Looked, measured: string, goal?: string): BenchRow {
  const figures = figuresOf(looked, measured);
  const [p50, p95] = [median(figures), percentile(figures, 0.95)];
  return {
    name,
    figure: `median ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms of ${figures.length} (load ${looked.load.toFixed(1)})`,
    ...(goal !== undefined && { goal }),
  };
}

const built = new URL('../../../apps/server/dist/console/', import.meta.url);

function toScriptRow(): BenchRow {
  const page = readFileSync(new URL('index.html', built), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);
  const bytes = scripts.reduce((sum, file) => sum + readFileSync(new URL(`${file}.gz`, built)).length, 0);
  return {
    name: 'scripts before the first page, gzip',
    figure: `${(bytes / 1_000).toFixed(0)} KB`,
    goal: 'at most 250 KB',
  };
}
