import type { Database } from '../store/database.ts';
import { tamper } from '../test-support/tamper.ts';

const tables = [
  'logs',
  'records',
  'disclosures',
  'holds',
  'log_keys',
  'tiles',
  'cosignatures',
  'retention_policies',
] as const;

/** Keeps everything that a database holds of its logs, as a backup would. */
export async function takeSnapshot(database: Database, name: string): Promise<void> {
  const copies = tables.map((table) => `create table ${name}.${table} as table audit.${table}`);
  await tamper(database, `create schema ${name}`, ...copies);
}

/** Puts back what was kept; much faster than a new database. */
export async function restoreSnapshot(database: Database, name: string): Promise<void> {
  const statements = tables.flatMap((table) => [
    `delete from audit.${table}`,
    `insert into audit.${table} select * from ${name}.${table}`,
  ]);
  await tamper(database, ...statements);
}
