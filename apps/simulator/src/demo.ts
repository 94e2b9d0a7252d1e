import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createAuditApi } from '@audit/client';
import type { AuditRecord } from '@audit/schema';
import pc from 'picocolors';
import { pickStory, renderDemoReport } from './demo-report.ts';
import { isPortFree } from './port.ts';
import { ServerEndedError, type ServerProcess, startServerProcess } from './server-process.ts';
import { ServerUnreachableError } from './server-unreachable-error.ts';
import { simulate } from './simulate.ts';
import type { TimelineOptions } from './timeline.ts';

const repository = new URL('../../../', import.meta.url);
const preferredPort = 8080;
const remediations = 6;

// Ends the server, whether a person asks for it or the demo fails.
const stopping = new AbortController();
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupt);
process.exitCode = await runDemo();

async function runDemo(): Promise<number> {
  try {
    await playAndServe(await startServer());
    return 0;
  } catch (error) {
    if (isInterrupted) return 0;
    if (!(error instanceof ServerEndedError || error instanceof ServerUnreachableError)) throw error;
    process.stderr.write(`demo: ${error.message}\n`);
    return 1;
  }
}

function interrupt(): void {
  isInterrupted = true;
  stopping.abort();
}

async function startServer(): Promise<ServerProcess> {
  const port = (await isPortFree(preferredPort)) ? preferredPort : 0;
  const dataDir = fileURLToPath(new URL('.audit/demo', repository));
  return startServerProcess({
    mainPath: fileURLToPath(new URL('apps/server/dist/main.js', repository)),
    args: ['--port', String(port), '--data-dir', dataDir, '--log-level', 'warn'],
    signal: stopping.signal,
  });
}

async function playAndServe(server: ServerProcess): Promise<void> {
  try {
    await tellStory(server.url);
    await server.ended;
    if (!isInterrupted) throw new ServerEndedError(server.errorLines());
  } finally {
    stopping.abort();
    await server.ended;
  }
}

async function tellStory(url: string): Promise<void> {
  const seed = randomBytes(4).toString('hex');
  const simulation = await simulate({ url, remediations, seed });
  const story = pickStory(simulation.scenarios);
  const records = await readTrail(url, story.correlationId);
  const report = { url, seed, simulation, story, records };
  process.stdout.write(renderDemoReport(report, terminalOptions()));
}

function terminalOptions(): TimelineOptions {
  const { isTTY, columns } = process.stdout;
  return isTTY ? { color: pc.isColorSupported, width: columns } : {};
}

async function readTrail(url: string, correlationId: string): Promise<readonly AuditRecord[]> {
  const query = { correlation_id: correlationId, order: 'asc' } as const;
  const { data, error } = await createAuditApi({ url }).GET('/api/v1/audit/events', { params: { query } });
  if (data === undefined) throw new ServerUnreachableError(url, error.detail ?? error.title);
  return data.data;
}
