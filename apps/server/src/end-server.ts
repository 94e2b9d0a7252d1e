import type { FastifyInstance } from 'fastify';
import type { Access } from './access/start-access.ts';
import type { LogWriter } from './ingest/log-writer.ts';
import type { Partitions } from './ingest/partitions.ts';
import { cutAfter } from './outage/cut-after.ts';
import type { Intake } from './outage/intake.ts';
import type { RetentionWorker } from './retention/retention-worker.ts';
import type { ShutdownStep } from './shut-down.ts';
import type { Database } from './store/database.ts';
import type { LogTails } from './tail/log-tails.ts';
import type { TilePublisher } from './tree/tile-publisher.ts';
import type { Cosigner } from './witness/cosigner.ts';

/** What a server has opened and started. */
export interface ServerParts {
  readonly http: FastifyInstance;
  readonly metricsHttp: FastifyInstance;
  /** Undefined when the server purges nothing. */
  readonly retention: RetentionWorker | undefined;
  readonly tails: LogTails;
  readonly access: Access;
  readonly intake: Intake;
  readonly tiles: TilePublisher;
  readonly cosigner: Cosigner;
  readonly partitions: Partitions;
  readonly writer: LogWriter;
  readonly database: Database;
  /** Longest wait for one step of the database, in milliseconds. */
  readonly databaseTimeoutMs: number;
}

/** Lists what ends a server, in its order: whatever may still write ends before what it writes with. */
export function endServer(parts: ServerParts): ShutdownStep[] {
  const { http, metricsHttp, retention, tails, access, intake, tiles, cosigner, partitions, writer } = parts;
  const { database, databaseTimeoutMs } = parts;
  return [
    // They have no end of their own, and are requests.
    { name: 'ending streams', run: async () => tails.stop() },
    { name: 'answering requests', run: (milliseconds) => closeWithin(http, milliseconds) },
    { name: 'ending the purge', run: async () => retention?.stop() },
    {
      name: 'telling of access',
      run: () =>
        cutAfter(
          databaseTimeoutMs,
          () => database.disconnect(),
          () => access.close(),
        ),
    },
    { name: 'storing what was accepted', run: (milliseconds) => intake.close(milliseconds) },
    { name: 'publishing tiles', run: () => tiles.stop() },
    { name: 'asking witnesses', run: () => cosigner.stop() },
    { name: 'making partitions', run: () => partitions.stop() },
    { name: 'giving the log back', run: async () => writer.close() },
    {
      name: 'closing the database',
      run: () =>
        cutAfter(
          databaseTimeoutMs,
          () => database.disconnect(),
          () => database.close(),
        ),
    },
    { name: 'closing the metrics', run: () => metricsHttp.close() },
  ];
}

// A client that neither finishes its request nor hangs up must not keep the process for ever.
async function closeWithin(http: FastifyInstance, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), milliseconds);
  await http.close();
  clearTimeout(timer);
}
