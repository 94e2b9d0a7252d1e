import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';
import { endProcess } from './end-process.ts';

/** The service in a process of its own, with an empty data directory of its own. */
export interface AuditServer {
  /** Address of the service, the same after a restart. */
  readonly url: string;
  /** Id of the process that runs now, or ran last. */
  readonly pid: number;
  /** Ends the process and waits for that; default SIGKILL, as a crash would. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again as it was started, on the same data directory and port; kills it before when it still runs. */
  restart(): Promise<void>;
  /** Lets the service finish its work, waits until it has ended, and removes its data directory. */
  stop(): Promise<void>;
}

/** Options of {@link startAuditServer}. */
export interface AuditServerOptions {
  /** What runs: the sources, which need no build, or what `pnpm build` made, as in production. */
  readonly program: 'sources' | 'build';
  /** Flags of the service beside its port and data directory; default none. */
  readonly flags?: readonly string[];
  /** Flags of Node; default none. */
  readonly nodeFlags?: readonly string[];
  /** Variables beside `PATH`, such as `DATABASE_URL`; default none, so that the database is the embedded one. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the service on a free loopback port and waits until it is ready. */
export async function startAuditServer(options: AuditServerOptions): Promise<AuditServer> {
  const directory = await mkdtemp(join(tmpdir(), 'audit-server-data-'));
  const launchOn = (port: number) => launch(options, ['--port', String(port), '--data-dir', directory]);
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  let running = await launchOn(0).catch(async (error: unknown) => {
    await removeDirectory();
    throw error;
  });
  const { url } = running;
  return {
    url,
    get pid() {
      return running.pid;
    },
    kill: (signal = 'SIGKILL') => endProcess(running.child, signal),
    async restart() {
      await endProcess(running.child, 'SIGKILL');
      running = await launchOn(Number(new URL(url).port));
    },
    async stop() {
      await endProcess(running.child, 'SIGTERM');
      await removeDirectory();
    },
  };
}

interface RunningProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly url: string;
}

const server = new URL('../../../apps/server/', import.meta.url);
const programs = {
  sources: {
    parameters: ['--conditions=@audit/source', fileURLToPath(new URL('src/main.ts', server))],
    variables: compileCache,
  },
  build: { parameters: [fileURLToPath(new URL('dist/main.js', server))], variables: {} },
};

async function launch(options: AuditServerOptions, placeFlags: readonly string[]): Promise<RunningProcess> {
  const { flags = [], nodeFlags = [], environment = {} } = options;
  const { parameters, variables } = programs[options.program];
  const child = spawn(
    process.execPath,
    [...nodeFlags, ...parameters, ...placeFlags, '--log-level', 'warn', ...flags],
    { env: { PATH: process.env.PATH, ...variables, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'close').then(failEnded)]);
    // A child that has printed a line was spawned, and so it has an id.
    return { child, pid: child.pid as number, url: readUrl(String(line)) };
  } catch (error) {
    await endProcess(child, 'SIGKILL');
    throw error;
  }
}

function failEnded([code, signal]: readonly unknown[]): never {
  throw new Error(`audit-server ended with ${signal ?? `code ${code}`} before it was ready`);
}

// The one line that the service prints is for whoever started it: JSON, the address among its members.
function readUrl(line: string): string {
  const ready = safeParseJson(line);
  const isReady = typeof ready === 'object' && ready !== null && 'url' in ready;
  if (isReady && typeof ready.url === 'string') return ready.url;
  throw new Error(`audit-server: expected the line that says it is ready, received: ${line}`);
}

function safeParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller quotes the text.
    return undefined;
  }
}
