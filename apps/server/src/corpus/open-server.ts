import { pino } from 'pino';
import { type RunningServer, type ServerOptions, startServer } from '../start-server.ts';
import type { Database } from '../store/database.ts';
import { sharedSigningKeyFile } from '../test-support/signing-key.ts';
import { type AskedServer, askServer } from './ask-server.ts';

/** A server that runs on a database, and how to ask it. */
export type OpenServer = RunningServer & AskedServer;

/**
 * Starts the service on a database, which stays open when the server ends: connecting takes longer than most of what is
 * asked. Whoever starts it closes it. It purges nothing by itself.
 */
export async function openServer(
  database: Database,
  options: Partial<ServerOptions> = {},
): Promise<OpenServer> {
  const server = await startServer({
    database: { ...database, close: async () => {} },
    signingKey: { file: sharedSigningKeyFile() },
    logger: pino({ level: 'silent' }),
    retention: 'off',
    ...options,
  });
  return { ...server, ...askServer(server.url) };
}
