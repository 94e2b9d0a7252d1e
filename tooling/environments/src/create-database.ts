import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Options of {@link createDatabase}. */
export interface DatabaseOptions {
  /** Connection string of a database to copy, which nobody may be connected to; default none, an empty database. */
  readonly template?: string;
}

/** Creates a database of its own on a server and returns its connection string. */
export async function createDatabase(serverUrl: string, options: DatabaseOptions = {}): Promise<string> {
  const name = `audit_${randomUUID().replaceAll('-', '')}`;
  const template = options.template === undefined ? 'template1' : new URL(options.template).pathname.slice(1);
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${template} ${await fastestStrategy(client)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

// Copying files takes a fraction of writing every page into the log, unless the server waits for the disk.
async function fastestStrategy(client: Client): Promise<string> {
  const { rows } = await client.query(
    "select 1 where current_setting('fsync') = 'off' and current_setting('server_version_num')::integer >= 150000",
  );
  return rows.length === 0 ? '' : 'strategy file_copy';
}
