import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../apps/server/dist/main.js', import.meta.url));

/** The built service in a process of its own, as it runs in production. */
export interface ServerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built service on a database. */
export async function startServerProcess(databaseUrl: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...profileFlags(), main, '--port', '0', '--log-level', 'warn'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  // The one line that the service prints when it is ready.
  const { url } = JSON.parse(line.toString()) as { url: string };
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

// AUDIT_BENCH_PROFILE names a directory for CPU profiles of the service.
function profileFlags(): string[] {
  const directory = process.env.AUDIT_BENCH_PROFILE;
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}
