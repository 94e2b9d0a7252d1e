import { pino } from 'pino';
import { type RunningServer, type ServerOptions, startServer } from '../start-server.ts';
import { openPostgres } from '../store/postgres.ts';
import { sharedSigningKeyFile } from '../test-support/signing-key.ts';
import { type AskedServer, askServer } from './ask-server.ts';

/** A server that runs on a PostgreSQL database, and how to ask it. */
export type OpenServer = RunningServer & AskedServer;

/** Starts the service on a database; whoever starts it closes it. It purges nothing by itself. */
export async function openServer(url: string, options: Partial<ServerOptions> = {}): Promise<OpenServer> {
  const database = openPostgres({ url, onIdleError: () => {} });
  try {
    const server = await startServer({
      database,
      signingKey: { file: sharedSigningKeyFile() },
      logger: pino({ level: 'silent' }),
      retention: 'off',
      ...options,
    });
    return { ...server, ...askServer(server.url) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
