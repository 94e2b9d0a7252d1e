import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url));

/** The service in a process of its own, from its sources. */
export interface AuditServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the service on a database; needs no build. */
export async function startAuditServer(databaseUrl: string): Promise<AuditServer> {
  const child = spawn(
    process.execPath,
    ['--conditions=@audit/source', main, '--port', '0', '--log-level', 'warn'],
    { env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const line = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (!Buffer.isBuffer(line[0])) throw new Error('audit-server ended before it was ready');
  // The one line that the service prints when it is ready.
  const { url } = JSON.parse(line[0].toString()) as { url: string };
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
