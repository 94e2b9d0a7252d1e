import { dirname } from 'node:path';
import { coalesce } from './coalesce.ts';
import type { Segment } from './segment.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';
import type { SpoolFiles } from './spool-files.ts';
import { syncDirectory, withDescriptor } from './write-file.ts';

/** Options of {@link DiskFlush}. */
export interface DiskFlushOptions {
  readonly files: SpoolFiles;
  readonly directory: string;
  /** The first directory that was made for the spool, itself or one above it; nothing when it was there before. */
  readonly firstMade: string | undefined;
  readonly segments: readonly Segment[];
  /** Everything below has left the queue. */
  floor(): number;
  /** Ends the segment that is written to. */
  sealActive(): void;
}

/** Makes what was appended survive a loss of power. */
export class DiskFlush {
  readonly #options: DiskFlushOptions;
  /** Directories in which names are new. */
  #unsyncedDirectories: readonly string[];
  /** Sequences below may be lost: the disk refused to confirm them. */
  #uncertainBelow = 0;
  readonly run: () => Promise<void>;

  constructor(options: DiskFlushOptions) {
    this.#options = options;
    this.#unsyncedDirectories =
      options.firstMade === undefined ? [] : parentsFrom(options.firstMade, options.directory);
    this.run = coalesce(() => this.#flush());
  }

  /** Notes that a file was created. */
  noteNewSegment(): void {
    this.#unsyncedDirectories = [...new Set([...this.#unsyncedDirectories, this.#options.directory])];
  }

  async #flush(): Promise<void> {
    for (const segment of this.#options.segments.filter(({ isUnsynced }) => isUnsynced)) {
      await this.#flushSegment(segment);
    }
    await this.#flushDirectories();
    if (this.#uncertainBelow > this.#options.floor()) {
      throw toSpoolFailure(
        `${this.#options.directory} may not survive a loss of power`,
        `the disk did not confirm entries below ${this.#uncertainBelow}, and some of them still wait`,
      );
    }
  }

  async #flushSegment(segment: Segment): Promise<void> {
    const { files } = this.#options;
    segment.isUnsynced = false;
    let isOpen = false;
    try {
      await withDescriptor(files, segment.path, 'r+', (descriptor) => {
        isOpen = true;
        return files.fdatasync(descriptor);
      });
    } catch (error) {
      // Acknowledged and removed meanwhile.
      if (isMissingFile(error)) return;
      if (isOpen) this.#giveUp(segment);
      else segment.isUnsynced = true;
      throw toSpoolFailure(`${segment.path} may not survive a loss of power`, error);
    }
  }

  // After a failed fdatasync a second one confirms what the first has lost, so the segment is not asked again.
  #giveUp(segment: Segment): void {
    this.#uncertainBelow = Math.max(this.#uncertainBelow, segment.end);
    if (segment.isActive) this.#options.sealActive();
    segment.isUnsynced = false;
  }

  async #flushDirectories(): Promise<void> {
    const directories = this.#unsyncedDirectories;
    this.#unsyncedDirectories = [];
    try {
      for (const directory of directories) await syncDirectory(this.#options.files, directory);
    } catch (error) {
      this.#unsyncedDirectories = [...new Set([...directories, ...this.#unsyncedDirectories])];
      throw toSpoolFailure(`${this.#options.directory} may not survive a loss of power`, error);
    }
  }
}

// A new directory is a new name in the one above it.
function parentsFrom(firstMade: string, directory: string): string[] {
  const parents: string[] = [];
  for (let at = directory; at.length >= firstMade.length && at !== dirname(at); at = dirname(at))
    parents.push(dirname(at));
  return parents;
}
