import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Puts a database of a server back to what it was when the copy was made. Nobody may be connected to it. */
type RestoreDatabase = () => Promise<void>;

/** Copies a database of a server, to which nobody may be connected, as a backup would. */
export async function copyDatabase(serverUrl: string, url: string): Promise<RestoreDatabase> {
  const name = new URL(url).pathname.slice(1);
  const copy = `audit_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, [`create database ${copy} template ${name}`]);
  return () => execute(serverUrl, [`drop database ${name}`, `alter database ${copy} rename to ${name}`]);
}

/** Changes a database as somebody who owns it would, past every trigger. */
export async function tamperWithDatabase(url: string, ...statements: readonly string[]): Promise<void> {
  await execute(url, ['set session_replication_role = replica', ...statements]);
}

async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
