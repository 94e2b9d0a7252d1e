import { dirname } from 'node:path';
import type { SpoolFiles } from './spool-files.ts';

/**
 * Writes a file so that a crash leaves the old one or the new one: temporary file, fsync, rename, fsync of the
 * directory.
 */
export async function replaceFile(files: SpoolFiles, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  await withDescriptor(files, temporary, 'w', async (descriptor) => {
    await writeAll(files, descriptor, bytes, 0);
    await files.fsync(descriptor);
  });
  await files.rename(temporary, path);
  await syncDirectory(files, dirname(path));
}

/** Makes the names in a directory survive a loss of power. */
export async function syncDirectory(files: SpoolFiles, directory: string): Promise<void> {
  await withDescriptor(files, directory, 'r', (descriptor) => files.fsync(descriptor));
}

/** Writes all bytes at a place of an open file. */
export async function writeAll(
  files: SpoolFiles,
  descriptor: number,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const more = await files.write(descriptor, bytes, written, bytes.length - written, position + written);
    if (more === 0) throw new Error('the disk took no bytes');
    written += more;
  }
}

/** Opens a file, uses it and closes it, whatever happens. */
export async function withDescriptor<T>(
  files: SpoolFiles,
  path: string,
  flags: string,
  use: (descriptor: number) => Promise<T>,
): Promise<T> {
  const descriptor = await files.open(path, flags, 0o600);
  try {
    return await use(descriptor);
  } finally {
    await files.close(descriptor);
  }
}
