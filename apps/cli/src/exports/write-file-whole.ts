import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes pieces to a file that gets its name only when all of them are on disk: nobody takes a part for the whole. A file
 * that has the name already is replaced then, and left as it is when the pieces fail.
 */
export async function writeFileWhole(
  file: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    // An export can hold what not every user of the machine may read.
    const handle = await open(partial, 'wx', 0o600);
    try {
      for await (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
