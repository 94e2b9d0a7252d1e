import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Finds the browser of the system: the file that `AUDIT_TEST_CHROMIUM` names, or a Chromium in the search path. Where there is none,
 * Debian's is installed when this process may do that.
 * @throws {Error} that says what to install
 */
export function findChromium(): string {
  const found = process.env.AUDIT_TEST_CHROMIUM ?? inSearchPath() ?? installed();
  if (found !== undefined) return found;
  throw new Error(
    'no Chromium found: install it (Debian: apt-get install chromium), or name its file in AUDIT_TEST_CHROMIUM',
  );
}

function inSearchPath(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return directories.flatMap((directory) => names.map((name) => join(directory, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next one.
    return false;
  }
}

function installed(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // dpkg refuses to work where it does not find its own tools.
  const path = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;
  const environment = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', ['-q', ...command], { env: environment, stdio: 'ignore' });
    if (status !== 0) return undefined;
  }
  return inSearchPath();
}
