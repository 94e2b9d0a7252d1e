import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { openMemoryPglite } from '../store/pglite.ts';

interface Embedded {
  readonly database: Database;
  /** Fingerprint of the newest schema; undefined when it was not made, or is not there any more. */
  schema?: string | undefined;
}

let embedded: Promise<Embedded> | undefined;

/**
 * Opens the embedded database with the newest schema and without a log. Starting it takes longer than most tests, and so
 * does the schema: those of a worker share one instance, and get its tables emptied as long as nobody changes the schema.
 */
export async function openMigratedPglite(): Promise<Database> {
  const shared = await sharedPglite();
  const { database, schema } = shared;
  if (schema !== undefined && schema === (await fingerprint(database))) await empty(database);
  else shared.schema = await makeSchema(database);
  return { ...database, close: async () => {} };
}

/** Opens the embedded database with nothing in it; those of a worker share one instance. */
export async function openEmptyPglite(): Promise<Database> {
  const shared = await sharedPglite();
  await dropSchema(shared.database);
  shared.schema = undefined;
  return { ...shared.database, close: async () => {} };
}

function sharedPglite(): Promise<Embedded> {
  embedded ??= openMemoryPglite().then((database) => ({ database }));
  return embedded;
}

async function dropSchema(database: Database): Promise<void> {
  await database.query('drop schema if exists audit, emptied cascade');
}

// What the migrations themselves put into tables.
const filledByMigrations = ['retention_policies', 'partitions'];

async function makeSchema(database: Database): Promise<string> {
  await dropSchema(database);
  await migrate(database);
  const copies = filledByMigrations.map((table) => `create table emptied.${table} as table audit.${table};`);
  await database.transaction((transaction) =>
    transaction.execute(`create schema emptied; ${copies.join(' ')}`),
  );
  return fingerprint(database);
}

/** Identifies every object of the schema as it is: whoever changes one writes its row of the catalogue anew. */
async function fingerprint(database: Database): Promise<string> {
  const [row] = await database.query<{ fingerprint: string | null }>(`
    with relations as (select * from pg_class where relnamespace = to_regnamespace('audit')),
    entries (entry) as (
      select format('relation %s %s %s', oid, relname, relacl) from relations
      union all select format('column %s %s %s', attrelid, attnum, pg_attribute.xmin) from pg_attribute join relations on relations.oid = attrelid
      union all select format('constraint %s %s', pg_constraint.oid, pg_constraint.xmin) from pg_constraint join relations on relations.oid = conrelid
      union all select format('trigger %s %s', pg_trigger.oid, pg_trigger.xmin) from pg_trigger join relations on relations.oid = tgrelid
      union all select format('rule %s %s', pg_rewrite.oid, pg_rewrite.xmin) from pg_rewrite join relations on relations.oid = ev_class
      union all select format('function %s %s', oid, xmin) from pg_proc where pronamespace = to_regnamespace('audit')
    )
    select md5(string_agg(entry, ',' order by entry)) as fingerprint from entries`);
  return row?.fingerprint ?? '';
}

async function empty(database: Database): Promise<void> {
  const rows = await database.query<{ name: string }>(
    `select format('audit.%I', relname) as name from pg_class
     where relnamespace = 'audit'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migrations'`,
  );
  const refill = filledByMigrations.map((table) => `insert into audit.${table} table emptied.${table};`);
  await database.transaction((transaction) =>
    // No trigger that protects the log may stop it.
    transaction.execute(`
      set local session_replication_role = replica;
      truncate ${rows.map(({ name }) => name).join(', ')} restart identity;
      ${refill.join(' ')}`),
  );
}
