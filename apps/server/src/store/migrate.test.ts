import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LogWriter } from '../ingest/log-writer.ts';
import { prepareEvent } from '../record/prepare-event.ts';
import { checkTree } from '../test-support/check-tree.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { dumpSchema } from '../test-support/dump-schema.ts';
import { openTree } from '../test-support/open-tree.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { tamper } from '../test-support/tamper.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './sql.ts';

const versions = readMigrations().map((migration) => migration.version);

/** A log of version 3: some records purged by two events, one erased, one held. */
async function fillVersion3(database: Database): Promise<void> {
  await migrate(database, readMigrations().slice(0, 3));
  const members = [
    ...['retention_days', 'event_timestamp', 'received_at', 'event_type', 'event_category', 'event_action'],
    ...['event_outcome', 'actor_type', 'actor_id', 'resource_type', 'resource_id', 'parent_event_id'],
    ...['namespace', 'cluster_name', 'severity', 'duration_ms', 'record'],
  ];
  await tamper(
    database,
    `insert into audit.records (log_id, sequence, event_id, correlation_id, event_hash, ${members.join()})
     select 'default', number, gen_random_uuid(), 'rr-' || number % 3,
       sha256('\\x00'::bytea || convert_to(number::text, 'UTF8')), nullif(number % 5, 0), now(), now(), 'type',
       'category', 'action', 'success', 'service', 'actor', 'type', 'resource', gen_random_uuid(), 'ns', 'cluster',
       'low', number, number::text::json
     from generate_series(0, 19) as number`,
    `update audit.records
     set ${members.map((member) => `${member} = null`).join()},
       purged_by = case when sequence in (2, 3, 7) then 9 else 12 end
     where sequence in (2, 3, 4, 5, 7)`,
    `update audit.records set actor_id = null where sequence = 8`,
    `insert into audit.disclosures values ('default', 8, '/actor_id', null, 13)`,
    `insert into audit.holds values ('default', 10, 'rr-1', 'a', now(), 'b')`,
    `insert into audit.logs (log_id, size, last_event_hash)
     select 'default', 20, encode(event_hash, 'hex') from audit.records where sequence = 19`,
  );
}

/** Every record as it can be read, whichever tables it is in. */
function recordsOf(database: Database): Promise<unknown[]> {
  return database.query('select to_jsonb(records) as record from audit.records order by records.sequence');
}

function withoutPartitions(schema: string): string[] {
  return schema.split('\n').filter((line) => !/contents_\d/.test(line));
}

describeDatabases('migrating', (_open, open) => {
  it('applies every migration once, and nothing the second time', async () => {
    const database = await open();
    expect(await migrate(database)).toEqual(versions);
    expect(await migrate(database)).toEqual([]);
    await database.close();
  });

  it('lets one of many concurrent processes do it while the others wait', async () => {
    const database = await open();
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(database)));
    expect(applied.flat()).toEqual(versions);
    await database.close();
  });

  it('reaches the newest version from every older one', async () => {
    for (const version of versions) {
      const database = await open();
      const older = readMigrations().filter((migration) => migration.version < version);
      await migrate(database, older);
      expect(await migrate(database)).toEqual(versions.filter((newer) => newer >= version));
      await database.close();
    }
  });

  it('turns a log of one table into leaves and partitions, every record as it was, and goes on writing it', async () => {
    const database = await open();
    await fillVersion3(database);
    const before = await recordsOf(database);
    expect(await migrate(database)).toEqual(versions.slice(3));
    expect(await recordsOf(database)).toEqual(before);
    const purges =
      'select first_sequence::integer, last_sequence::integer, purged_by::integer from audit.purges';
    expect(await database.query(`${purges} order by first_sequence`)).toEqual([
      { first_sequence: 2, last_sequence: 3, purged_by: 9 },
      { first_sequence: 4, last_sequence: 5, purged_by: 12 },
      { first_sequence: 7, last_sequence: 7, purged_by: 9 },
    ]);
    const signer = await openTree(database);
    const writer = new LogWriter({ database, logId: 'default', signer });
    await writer.write([[prepareEvent(sampleEvent(), '2026-01-15T12:00:00.000Z')]]);
    expect(await checkTree(database, signer.key)).toBe(21);
    expect((await recordsOf(database)).slice(0, 20)).toEqual(before);
    const committed = readFileSync(new URL('../../sql/schema.txt', import.meta.url), 'utf8');
    expect(withoutPartitions(await dumpSchema(database))).toEqual(withoutPartitions(committed));
    await expect(database.query('delete from audit.contents_0')).rejects.toMatchObject({ code: '23001' });
    await database.close();
  });

  it('refuses a database of a newer server', async () => {
    const database = await open();
    await migrate(database);
    await database.query("insert into audit.migrations (version, name) values (9999, 'from-the-future')");
    await expect(migrate(database)).rejects.toThrow(
      `the database is at version 9999, this server knows ${versions.at(-1)}: start a newer audit-server`,
    );
    await database.close();
  });

  it('leaves nothing behind when a migration fails', async () => {
    const database = await open();
    const broken = { version: 2, name: 'broken', text: 'create table audit.half (id integer); select 1 / 0' };
    await expect(migrate(database, [...readMigrations().slice(0, 1), broken])).rejects.toThrow();
    expect(await migrate(database)).toEqual(versions);
    await database.close();
  });

  it('results in the schema of sql/schema.txt', async () => {
    const database = await open();
    await migrate(database);
    await expect(await dumpSchema(database)).toMatchFileSnapshot('../../sql/schema.txt');
    await database.close();
  });
});
