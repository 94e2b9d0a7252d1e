import type { Database } from '../store/database.ts';

/** Changes the store as somebody who owns the database would, past every trigger. */
export async function tamper(database: Database, ...statements: readonly string[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute('set local session_replication_role = replica');
    for (const statement of statements) await transaction.execute(statement);
  });
}
