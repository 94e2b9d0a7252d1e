import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type ByteRange, chunkBytes } from './segment-survey.ts';
import { errorCode, isMissingFile } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { syncDirectory, withDescriptor, writeAll } from './write-file.ts';

/** Bytes of a block of a disk; a small file occupies a whole one. */
export const blockBytes = 4_096;

/** What a small file occupies on disk. */
export function occupiedBytes(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/** Keeps the bytes that are no entry, as they were found. */
export class Quarantine {
  readonly directory: string;
  readonly #files: SpoolFiles;
  readonly #sizes = new Map<string, number>();

  constructor(files: SpoolFiles, spoolDirectory: string) {
    this.#files = files;
    this.directory = join(spoolDirectory, 'quarantine');
    for (const name of namesIn(files, this.directory)) this.#noteSize(name);
  }

  /** What the files in it occupy. */
  get occupiedBytes(): number {
    let sum = 0;
    for (const size of this.#sizes.values()) sum += occupiedBytes(size);
    return sum;
  }

  /**
   * Copies a part of an open file. The same bytes get the same name, so finding them again after a crash changes
   * nothing.
   */
  async copy(descriptor: number, path: string, range: ByteRange): Promise<string> {
    this.#create();
    const segment = basename(path, '.segment');
    const temporary = join(this.directory, `${segment}.tmp`);
    const crc = await withDescriptor(this.#files, temporary, 'w', async (target) => {
      const sum = await this.#copyBytes(descriptor, target, range);
      await this.#files.fsync(target);
      return sum;
    });
    const name = `${segment}-${range.offset}-${crc.toString(16).padStart(8, '0')}.bytes`;
    await this.#files.rename(temporary, join(this.directory, name));
    await syncDirectory(this.#files, this.directory);
    this.#sizes.set(name, range.endOffset - range.offset);
    return join(this.directory, name);
  }

  /** Moves a whole file. */
  moveSync(path: string): string {
    this.#create();
    const taken = new Set(namesIn(this.#files, this.directory));
    const base = basename(path);
    let name = `${base}.bytes`;
    for (let copy = 1; taken.has(name); copy += 1) name = `${base}-${copy}.bytes`;
    this.#files.renameSync(path, join(this.directory, name));
    this.#noteSize(name);
    return join(this.directory, name);
  }

  async #copyBytes(source: number, target: number, range: ByteRange): Promise<number> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, range.endOffset - range.offset));
    let crc = 0;
    for (let at = range.offset; at < range.endOffset; ) {
      const length = Math.min(buffer.length, range.endOffset - at);
      const bytes = buffer.subarray(0, await this.#files.read(source, buffer, 0, length, at));
      if (bytes.length === 0) break;
      await writeAll(this.#files, target, bytes, at - range.offset);
      crc = crc32(bytes, crc);
      at += bytes.length;
    }
    return crc;
  }

  #create(): void {
    this.#files.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
  }

  #noteSize(name: string): void {
    try {
      this.#sizes.set(name, this.#files.statSync(join(this.directory, name)).size);
    } catch (error) {
      // A person may tidy the quarantine at any time.
      if (!isMissingFile(error)) throw error;
    }
  }
}

/** Names in a directory; none when there is no such directory. */
export function namesIn(files: SpoolFiles, directory: string): string[] {
  try {
    return files.readdirSync(directory);
  } catch (error) {
    // A file of that name is no directory either.
    if (isMissingFile(error) || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
