import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { LogTree } from '../tree/log-tree.ts';
import { sharedSigningKeyFile } from './signing-key.ts';

/** Opens the default log of a database as every server of this process does. */
export async function openTree(database: Database): Promise<LogTree> {
  await migrate(database);
  const tree = new LogTree({
    database,
    logId: 'default',
    signingKey: { file: sharedSigningKeyFile() },
    now: Date.now,
  });
  await tree.open(async () => {});
  return tree;
}
