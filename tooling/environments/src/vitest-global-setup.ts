import type { TestProject } from 'vitest/node';
import { startAuditServer } from './audit-server.ts';
import { createDatabase } from './create-database.ts';
import { startPostgres } from './postgres-server.ts';
import type {} from './provided-context.ts';

/** Starts one PostgreSQL server for the whole test run, or uses `AUDIT_TEST_DATABASE_URL`, and the service on it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await testPostgres();
  const server = await startAuditServer({
    program: 'sources',
    environment: { DATABASE_URL: await createDatabase(postgres.url) },
  });
  project.provide('postgresUrl', postgres.url);
  project.provide('auditServerUrl', server.url);
  return async () => {
    await server.stop();
    await postgres.stop();
  };
}

async function testPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = process.env.AUDIT_TEST_DATABASE_URL ?? '';
  return given === '' ? startPostgres() : { url: given, stop: async () => {} };
}
