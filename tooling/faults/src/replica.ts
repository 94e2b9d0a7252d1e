import { startAuditServer } from '@audit/environments';
import { createVictim, type Victim } from './victim.ts';

/** One process of the service, to be killed. */
export interface Replica {
  readonly url: string;
  readonly victim: Victim;
  stop(): Promise<void>;
}

/** What the replicas of one log share. */
export interface SharedLog {
  readonly databaseUrl: string;
  /** File with the key that signs the log. */
  readonly signingKeyPath: string;
}

const watchIntervalMs = 50;

/** Starts a replica with a spool of its own. */
export async function startReplica({ databaseUrl, signingKeyPath }: SharedLog): Promise<Replica> {
  const server = await startAuditServer({
    program: 'sources',
    environment: { DATABASE_URL: databaseUrl, AUDIT_SIGNING_KEY: signingKeyPath },
    // What it would say about databases that go away is what this is about.
    flags: ['--log-level', process.env.AUDIT_FAULTS_LOG_LEVEL ?? 'silent', '--database-timeout-seconds', '1'],
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
    victim,
    async stop() {
      clearInterval(watch);
      await server.stop();
    },
  };
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process, or none of ours.
    return false;
  }
}
