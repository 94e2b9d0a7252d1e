import type { Database } from '../store/database.ts';
import { tamper } from '../test-support/tamper.ts';

const tables = [
  'logs',
  'leaves',
  'partitions',
  'partition_periods',
  'contents',
  'purges',
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
  await tamper(database, restorePartitions(name), ...statements);
}

/** Makes partitions anew when those that are attached are not those that were kept. */
function restorePartitions(name: string): string {
  return `do $$
    declare
      attached text[] := array(
        select relname || ' ' || pg_get_expr(relpartbound, oid)
        from pg_class join pg_inherits on inhrelid = oid
        where inhparent = 'audit.contents'::regclass
        order by 1
      );
      kept text[] := array(
        select format('contents_%s FOR VALUES FROM (''%s'') TO (''%s'')', first_sequence, first_sequence, end_sequence)
        from ${name}.partitions
        order by 1
      );
      partition text;
      first bigint;
    begin
      if attached = kept then
        return;
      end if;
      for partition in select tablename from pg_tables where schemaname = 'audit' and tablename like 'contents\\_%' loop
        execute format('drop table audit.%I', partition);
      end loop;
      delete from audit.partitions;
      for first in select first_sequence from ${name}.partitions loop
        execute format('create table audit.%I (like audit.contents)', 'contents_' || first);
        perform audit.admit_partition(first_sequence, end_sequence, made_at)
        from ${name}.partitions where first_sequence = first;
      end loop;
    end
  $$`;
}
