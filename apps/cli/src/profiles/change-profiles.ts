import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { type ProfileFile, profilePath, readProfileFile } from './profile-file.ts';

/**
 * Writes the configuration anew, for its owner alone. A member that is left out of what `change` returns is gone.
 * @throws {CommandFailure} `usage` when what is there cannot be read
 */
export async function changeProfiles(change: (file: ProfileFile) => ProfileFile): Promise<void> {
  const path = profilePath();
  const changed = change(readProfileFile());
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileWhole(path, [new TextEncoder().encode(`${JSON.stringify(changed, null, 2)}\n`)]);
}
