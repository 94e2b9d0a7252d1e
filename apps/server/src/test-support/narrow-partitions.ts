import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { tamper } from './tamper.ts';

/** Gives an empty database partitions of some records, at least as many as said; those that follow are as usual. */
export async function narrowPartitions(database: Database, records: number, count = 2): Promise<void> {
  await migrate(database);
  await tamper(
    database,
    'drop table audit.contents_0, audit.contents_1048576',
    'delete from audit.partitions',
    `select audit.ensure_partitions(${records * (count - 2)}, ${records}, ${records})`,
  );
}
