import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { backUpPostgres, copyDirectory } from './back-up-postgres.ts';
import { endProcess } from './end-process.ts';
import { freePort } from './free-port.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';

/** A PostgreSQL server with an empty data directory of its own. */
export interface PostgresServer {
  /** Connection string of the superuser. */
  readonly url: string;
  /** Kills the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Copies the running server's data, as `pg_basebackup` does, into a directory that is not there yet. */
  backUp(directory: string): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Options of {@link startPostgres}. */
export interface PostgresOptions {
  /** Whether commits wait for the disk; default false, for tests. Benchmarks set it. */
  readonly fsync?: boolean;
  /** Backup to start from; default none, an empty server. */
  readonly backup?: string;
}

interface ServerSettings {
  readonly binaries: PostgresBinaries;
  readonly directory: string;
  readonly port: number;
  readonly fsync: boolean;
}

// User and group `nobody` of every common Linux: PostgreSQL refuses to run as root.
const unprivilegedId = 65_534;

/** Starts a real PostgreSQL server on a free loopback port; works as root as well. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = await postgresBinaries();
  const directory = await mkdtemp(join(tmpdir(), 'audit-postgres-data-'));
  if (process.getuid?.() === 0) await chown(directory, unprivilegedId, unprivilegedId);
  const settings = { binaries, directory, port: await freePort(), fsync: options.fsync ?? false };
  if (options.backup === undefined) await initialise(settings);
  else await copyDirectory(options.backup, dataDirectory(settings));
  let child = await launch(settings);
  const url = `postgresql://postgres@127.0.0.1:${settings.port}/postgres`;
  return {
    url,
    backUp: (target) => backUpPostgres({ url, source: dataDirectory(settings), target }),
    kill: () => endProcess(child, 'SIGKILL'),
    async restart() {
      await endProcess(child, 'SIGKILL');
      child = await launchAgain(settings);
    },
    async stop() {
      await endProcess(child, 'SIGINT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function initialise(settings: ServerSettings): Promise<void> {
  await promisify(execFile)(
    settings.binaries.initdb,
    ['-D', dataDirectory(settings), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    processOptions(settings),
  );
}

// The backends of a killed server live a moment longer, and no new server starts beside them.
async function launchAgain(settings: ServerSettings): Promise<ChildProcess> {
  try {
    return await launch(settings);
  } catch (error) {
    if (!String(error).includes('pre-existing shared memory block')) throw error;
    return launchAgain(settings);
  }
}

function launch(settings: ServerSettings): Promise<ChildProcess> {
  const parameters = Object.entries(serverParameters(settings)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(settings.binaries.postgres, ['-D', dataDirectory(settings), ...parameters], {
    ...processOptions(settings),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-4_000);
      if (log.includes('database system is ready to accept connections')) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`PostgreSQL ended with code ${code} before it was ready:\n${log}`)),
    );
  });
}

function serverParameters({ directory, port, fsync }: ServerSettings): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: directory,
    fsync: fsync ? 'on' : 'off',
    max_connections: '200',
    shared_buffers: '128MB',
  };
}

function dataDirectory({ directory }: ServerSettings): string {
  return join(directory, 'data');
}

function processOptions({ binaries, directory }: ServerSettings) {
  const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: binaries.libraries, LC_ALL: 'C', TZ: 'UTC' };
  const common = { cwd: directory, env };
  return process.getuid?.() === 0 ? { ...common, uid: unprivilegedId, gid: unprivilegedId } : common;
}
