import { parseDeadLetter } from './dead-letter-file.ts';
import type { DeadLetter } from './spool.ts';
import { isMissingFile } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { withDescriptor } from './write-file.ts';

/** Reads the file of a dead letter. `missing` is one that a person has removed, `damaged` one that holds no letter. */
export async function readDeadLetter(
  files: SpoolFiles,
  path: string,
): Promise<DeadLetter | 'missing' | 'damaged'> {
  try {
    return await withDescriptor(files, path, 'r', async (descriptor) => {
      const bytes = Buffer.alloc(files.fstatSync(descriptor).size);
      await files.read(descriptor, bytes, 0, bytes.length, 0);
      return parseDeadLetter(bytes.toString()) ?? 'damaged';
    });
  } catch (error) {
    if (isMissingFile(error)) return 'missing';
    throw error;
  }
}
