import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';
import type {} from './provided-context.ts';

/** Starts one PostgreSQL server for the whole test run, or uses `AUDIT_TEST_DATABASE_URL`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.AUDIT_TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return async () => {};
  }
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
