import type { Database } from '../store/database.ts';

interface NamedLine extends Record<string, unknown> {
  readonly line: string;
}

const columns = `
  select format('%s.%s %s%s%s', table_name, column_name, data_type,
    case is_nullable when 'NO' then ' not null' else '' end, ' default ' || column_default) as line
  from information_schema.columns where table_schema = 'audit' order by table_name, ordinal_position`;

const constraints = `
  select format('%s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
  from pg_constraint where connamespace = 'audit'::regnamespace and contype <> 'n' order by 1`;

const indexes = `select indexdef as line from pg_indexes where schemaname = 'audit' order by indexname`;

/** Writes the tables, constraints and indexes of a database as text that is the same on every engine and version. */
export async function dumpSchema(database: Database): Promise<string> {
  const sections = await Promise.all(
    [columns, constraints, indexes].map((text) => database.query<NamedLine>(text)),
  );
  return `${sections.map((rows) => rows.map((row) => row.line).join('\n')).join('\n\n')}\n`;
}
