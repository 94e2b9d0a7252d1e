import { type AuditServer, createDatabase, startAuditServer, startPostgres } from '@audit/environments';

/** Runs work on the built service over an empty database with fsync on, and takes both down. */
export async function withService<Result>(
  work: (service: AuditServer, databaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const postgres = await startPostgres({ fsync: true });
  try {
    const databaseUrl = await createDatabase(postgres.url);
    const service = await startAuditServer({
      program: 'build',
      nodeFlags: profileFlags(),
      environment: { DATABASE_URL: databaseUrl },
    });
    try {
      return await work(service, databaseUrl);
    } finally {
      await service.stop();
    }
  } finally {
    await postgres.stop();
  }
}

/** Flags for a CPU profile of the service, in the directory that AUDIT_BENCH_PROFILE names. */
export function profileFlags(): string[] {
  const directory = process.env.AUDIT_BENCH_PROFILE;
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}
