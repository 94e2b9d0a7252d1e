import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Reads one file of `sql/queries`. */
export function readQuery(name: string): string {
  return readFileSync(require.resolve(`#sql/queries/${name}.sql`), 'utf8').trim();
}

/** Reads `sql/service-role.sql`: the rights of the role that the service runs as when it is not the owner. */
export function readServiceRole(): string {
  return readFileSync(require.resolve('#sql/service-role.sql'), 'utf8');
}

/** One numbered file of `sql/migrations`. */
export interface MigrationFile {
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

/** Lists the migrations in their order. */
export function readMigrations(): MigrationFile[] {
  const directory = dirname(require.resolve('#sql/migrations/0001-records.sql'));
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      text: readFileSync(join(directory, file), 'utf8'),
    }));
}
