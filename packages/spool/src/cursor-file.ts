import { join } from 'node:path';
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts';
import { isMissingFile, toRefusal } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { replaceFile, withDescriptor, writeAll } from './write-file.ts';

// A cursor lists the entries of one batch at most; what is far longer is none.
const cursorBytesMax = 16_777_216;

/** Name of the file within its spool. */
export const cursorFileName = 'cursor';

/** Reads the cursor of a spool. */
export function readCursorSync(files: SpoolFiles, directory: string): Cursor | 'missing' | 'damaged' {
  let descriptor: number | undefined;
  try {
    descriptor = files.openSync(join(directory, cursorFileName), 'r');
    const { size } = files.fstatSync(descriptor);
    if (size > cursorBytesMax) return 'damaged';
    const bytes = Buffer.alloc(size);
    const length = files.readSync(descriptor, bytes, 0, size, 0);
    return decodeCursor(bytes.subarray(0, length)) ?? 'damaged';
  } catch (error) {
    // Whatever the reason: entries that come again harm nobody, a spool that cannot be opened does.
    return isMissingFile(error) ? 'missing' : 'damaged';
  } finally {
    if (descriptor !== undefined) files.closeSync(descriptor);
  }
}

/** Writes the first cursor of a spool. It need not survive anything: without it, everything is delivered again. */
export function writeFirstCursorSync(files: SpoolFiles, directory: string, cursor: Cursor): void {
  try {
    const descriptor = files.openSync(join(directory, cursorFileName), 'w', 0o600);
    try {
      const bytes = encodeCursor(cursor);
      files.writeSync(descriptor, bytes, 0, bytes.length);
    } finally {
      files.closeSync(descriptor);
    }
  } catch {
    // A full disk must not keep a spool from being opened, and read, and so emptied.
  }
}

/** Replaces the cursor of a spool; it survives a loss of power. */
export async function writeCursor(files: SpoolFiles, directory: string, cursor: Cursor): Promise<void> {
  const path = join(directory, cursorFileName);
  const bytes = encodeCursor(cursor);
  try {
    await replaceFile(files, path, bytes);
  } catch (error) {
    if (toRefusal(error) !== 'disk_full') throw error;
    // Without a cursor no segment is removed, and the disk stays full. What is there already needs no new room.
    await withDescriptor(files, path, 'r+', async (descriptor) => {
      await writeAll(files, descriptor, bytes, 0);
      await files.fsync(descriptor);
    });
  }
}
