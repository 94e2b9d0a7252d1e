import type { Database } from '../store/database.ts';

interface NamedLine extends Record<string, unknown> {
  readonly line: string;
}

// What every partition has of its parent is not repeated.
const partition = `
  with partition as (
    select * from pg_class where relispartition and relkind = 'r' and relnamespace = 'audit'::regnamespace
  )`;

const columns = `${partition}
  select format('%s.%s %s%s%s', table_name, column_name, data_type,
    case is_nullable when 'NO' then ' not null' else '' end, ' default ' || column_default) as line
  from information_schema.columns
  where table_schema = 'audit' and not exists (select from partition where relname = table_name)
  order by table_name, ordinal_position`;

const constraints = `
  select format('%s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
  from pg_constraint where connamespace = 'audit'::regnamespace and contype <> 'n' and coninhcount = 0 order by 1`;

const indexes = `${partition}
  select indexdef as line from pg_indexes
  where schemaname = 'audit' and not exists (select from partition where relname = tablename) order by indexname`;

const partitions = `${partition}
  select format('%s of audit.contents %s', oid::regclass, pg_get_expr(relpartbound, oid)) as line
  from partition order by relname`;

const triggers = `
  select format('%s: %s', tgrelid::regclass, pg_get_triggerdef(pg_trigger.oid)) as line
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where relnamespace = 'audit'::regnamespace and not tgisinternal order by 1`;
const functions = `
  select format('%s%s%s', oid::regprocedure, case when prosecdef then ' security definer' else '' end,
    case when has_function_privilege('public', oid, 'execute') then '' else ' of the owner alone' end) as line
  from pg_proc where pronamespace = 'audit'::regnamespace order by 1`;

/** Writes the tables, partitions, constraints, indexes, triggers and functions of a database as text that is the same on every engine and version. */
export async function dumpSchema(database: Database): Promise<string> {
  const sections = await Promise.all(
    [columns, partitions, constraints, indexes, triggers, functions].map((text) =>
      database.query<NamedLine>(text),
    ),
  );
  return `${sections.map((rows) => rows.map((row) => row.line).join('\n')).join('\n\n')}\n`;
}
