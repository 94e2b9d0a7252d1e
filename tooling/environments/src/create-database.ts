import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Creates an empty database on a server and returns its connection string. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `audit_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
