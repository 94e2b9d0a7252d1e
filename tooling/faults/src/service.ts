import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type PostgresServer, startPostgres } from '@audit/environments';
import { generateKey } from '@audit/integrity';
import { type Replica, type SharedLog, startReplica } from './replica.ts';
import { createVictim, type Victim } from './victim.ts';

/** The real service, of one or more replicas, on a real PostgreSQL, all of it to be killed. */
export interface Service {
  /** Addresses of the replicas. */
  readonly urls: readonly string[];
  readonly databaseUrl: string;
  /** Public key of the log, which the harness chose. */
  readonly verifierKey: string;
  readonly servers: readonly Victim[];
  readonly postgresql: Victim;
  stop(): Promise<void>;
}

/** Options of {@link startService}. */
export interface ServiceOptions {
  /** Directory for the signing key. */
  readonly directory: string;
  /** Processes of the service over the one PostgreSQL. */
  readonly replicas: number;
  /** Server for a database of its own, which is not killed; default a server of its own. */
  readonly postgresUrl?: string | undefined;
}

/** Starts the service, on a PostgreSQL of its own unless there is one that stays alive. */
export async function startService({ directory, replicas, postgresUrl }: ServiceOptions): Promise<Service> {
  const { signerKey, verifierKey } = await generateKey('audit.local/default');
  const signingKeyPath = join(directory, 'signing-key');
  writeFileSync(signingKeyPath, signerKey, { mode: 0o600 });
  const postgres = postgresUrl === undefined ? await startPostgres() : immortal(postgresUrl);
  const started: Replica[] = [];
  const stop = async () => {
    await Promise.all(started.map((replica) => replica.stop()));
    await postgres.stop();
  };
  try {
    const log: SharedLog = { databaseUrl: await createDatabase(postgres.url), signingKeyPath };
    // All have started or failed before any is stopped.
    const starts = await Promise.allSettled(Array.from({ length: replicas }, () => startReplica(log)));
    started.push(...starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])));
    for (const start of starts) if (start.status === 'rejected') throw start.reason;
    return {
      urls: started.map(({ url }) => url),
      databaseUrl: log.databaseUrl,
      verifierKey,
      servers: started.map(({ victim }) => victim),
      postgresql: createVictim({
        kind: 'postgresql',
        kill: () => postgres.kill(),
        restart: () => postgres.restart(),
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function immortal(url: string): PostgresServer {
  const refuse = () => Promise.reject(new Error('this PostgreSQL belongs to others'));
  return { url, kill: refuse, restart: refuse, backUp: refuse, stop: async () => {} };
}
