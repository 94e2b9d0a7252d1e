import { createDatabase, type PostgresServer, startAuditServer, startPostgres } from '@audit/environments';
import { compileCache } from './compile-cache.ts';
import { createVictim, type Victim } from './victim.ts';

/** The real service on a real PostgreSQL, both to be killed. */
export interface Service {
  readonly url: string;
  readonly databaseUrl: string;
  readonly server: Victim;
  readonly postgresql: Victim;
  stop(): Promise<void>;
}

const watchIntervalMs = 50;

/**
 * Starts the service, on a PostgreSQL of its own unless there is one that stays alive.
 * @param postgresUrl server for a database of its own; it is not killed
 */
export async function startService(postgresUrl?: string): Promise<Service> {
  const postgres = postgresUrl === undefined ? await startPostgres() : immortal(postgresUrl);
  try {
    const databaseUrl = await createDatabase(postgres.url);
    const server = await startAuditServer({
      program: 'sources',
      environment: { DATABASE_URL: databaseUrl, ...compileCache },
      // What it would say about databases that go away is what this is about.
      flags: [
        '--log-level',
        process.env.AUDIT_FAULTS_LOG_LEVEL ?? 'silent',
        '--database-timeout-seconds',
        '1',
      ],
    });
    const victim = createVictim({
      kind: 'server',
      kill: () => server.kill(),
      isAlive: () => isProcess(server.pid),
      restart: () => server.restart(),
    });
    const watch = setInterval(() => victim.look(), watchIntervalMs);
    return {
      url: server.url,
      databaseUrl,
      server: victim,
      postgresql: createVictim({
        kind: 'postgresql',
        kill: () => postgres.kill(),
        restart: () => postgres.restart(),
      }),
      async stop() {
        clearInterval(watch);
        await server.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function immortal(url: string): PostgresServer {
  const refuse = () => Promise.reject(new Error('this PostgreSQL belongs to others'));
  return { url, kill: refuse, restart: refuse, backUp: refuse, stop: async () => {} };
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process, or none of ours.
    return false;
  }
}
