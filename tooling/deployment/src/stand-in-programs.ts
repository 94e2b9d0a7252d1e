import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const programs = ['psql', 'curl', 'openssl'];

/** Writes programs for a search path, for its end: where a machine has the real ones, those are used. */
export async function writeStandIns(directory: string): Promise<void> {
  await mkdir(directory);
  for (const name of programs) {
    const source = fileURLToPath(new URL(`stand-ins/${name}.ts`, import.meta.url));
    const program = join(directory, name);
    await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${source}' "$@"\n`);
    await chmod(program, 0o755);
  }
}
