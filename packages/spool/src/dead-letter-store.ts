import { join } from 'node:path';
import { deadLetterDirectoryName, deadLetterFileName, isDeadLetterFile } from './dead-letter-file.ts';
import { namesIn, occupiedBytes } from './quarantine.ts';
import { readDeadLetter } from './read-dead-letter.ts';
import type { DeadLetter } from './spool.ts';
import { isMissingFile } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { replaceFile, syncDirectory } from './write-file.ts';

/** The dead letters of a spool: one file each, so that people and tools can read and remove them meanwhile. */
export class DeadLetterStore {
  readonly #files: SpoolFiles;
  readonly #spoolDirectory: string;
  readonly directory: string;
  #sizes = new Map<string, number>();
  #occupiedBytes = 0;
  #countedAtMs = -1;

  constructor(files: SpoolFiles, spoolDirectory: string) {
    this.#files = files;
    this.#spoolDirectory = spoolDirectory;
    this.directory = join(spoolDirectory, deadLetterDirectoryName);
    this.recount();
  }

  get count(): number {
    return this.#sizes.size;
  }

  /** What they occupy on disk. */
  get occupiedBytes(): number {
    return this.#occupiedBytes;
  }

  /** Highest sequence among them, 0 when there are none. */
  get lastSequence(): number {
    let last = 0;
    for (const name of this.#sizes.keys()) last = Math.max(last, Number(name.slice(0, 16)));
    return last;
  }

  /** Looks which of them are still there: people remove them while the process runs. */
  recount(): void {
    const changedAtMs = this.#changedAtMs();
    if (changedAtMs === this.#countedAtMs) return;
    this.#countedAtMs = changedAtMs;
    const sizes = new Map<string, number>();
    for (const name of namesIn(this.#files, this.directory).filter(isDeadLetterFile)) {
      const known = this.#sizes.get(name);
      const size = known ?? this.#sizeOf(name);
      if (size !== undefined) sizes.set(name, size);
    }
    this.#sizes = sizes;
    this.#occupiedBytes = 0;
    for (const size of sizes.values()) this.#occupiedBytes += occupiedBytes(size);
  }

  /** Keeps a dead letter so that it survives a loss of power. Keeping it again replaces it. */
  async keep(letter: DeadLetter): Promise<void> {
    const isNew = this.#sizes.size === 0;
    if (isNew) this.#files.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const name = deadLetterFileName(letter.id);
    const bytes = Buffer.from(`${JSON.stringify(letter, null, 2)}\n`);
    await replaceFile(this.#files, join(this.directory, name), bytes);
    if (isNew) await syncDirectory(this.#files, this.#spoolDirectory);
    this.#occupiedBytes += occupiedBytes(bytes.length) - occupiedBytes(this.#sizes.get(name) ?? 0);
    this.#sizes.set(name, bytes.length);
  }

  /** Reads them all, oldest first. What is no dead letter is left out. */
  async list(): Promise<{ readonly letters: readonly DeadLetter[]; readonly damaged: readonly string[] }> {
    this.recount();
    const letters: DeadLetter[] = [];
    const damaged: string[] = [];
    for (const name of [...this.#sizes.keys()].sort()) {
      const path = join(this.directory, name);
      const letter = await readDeadLetter(this.#files, path);
      if (letter === 'damaged') damaged.push(path);
      else if (letter !== 'missing') letters.push(letter);
    }
    return { letters, damaged };
  }

  #changedAtMs(): number {
    try {
      return this.#files.statSync(this.directory).mtimeMs;
    } catch (error) {
      if (isMissingFile(error)) return 0;
      throw error;
    }
  }

  #sizeOf(name: string): number | undefined {
    try {
      return this.#files.statSync(join(this.directory, name)).size;
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }
}
