import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCursorSync } from './cursor-file.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { type DirectoryLayout, type DirectoryQueue, readLayout, readQueue } from './directory-layout.ts';
import { directoryOwner, isDirectoryHeld } from './lock-directory.ts';
import { layoutDamage } from './open-directory.ts';
import { Quarantine } from './quarantine.ts';
import { readUnowned } from './read-unowned.ts';
import type { SpoolEntry } from './spool.ts';
import type { SpoolDamage } from './spool-damage.ts';
import { toSpoolFailure } from './spool-failure.ts';
import { nodeSpoolFiles } from './spool-files.ts';

/** What a directory holds, found without owning it. */
export interface SpoolInspection {
  readonly directory: string;
  /** Whether a process holds the directory. */
  readonly isHeld: boolean;
  /** The process that holds it, when it is known. */
  readonly ownerPid: number | undefined;
  readonly segments: number;
  /** Entries that wait and are intact. */
  readonly entries: number;
  /** Bytes that the waiting entries take. */
  readonly bytes: number;
  /** When the oldest waiting entry was appended, UTC; nothing when none waits. */
  readonly oldestAppendedAt: string | undefined;
  /** The file that says what was acknowledged. Without it, entries may come again. */
  readonly cursor: 'intact' | 'missing' | 'damaged';
  /** Everything below this sequence has left the queue; `nextSequence` when none waits. */
  readonly firstSequence: number;
  /** Sequence that the next appended entry gets. */
  readonly nextSequence: number;
  readonly deadLetters: number;
  /** What is damaged now; what was put aside before is in quarantine. */
  readonly damage: readonly SpoolDamage[];
  /** What the files in quarantine occupy. */
  readonly quarantineBytes: number;
}

/** Options of {@link inspectSpool}. */
export interface InspectSpoolOptions {
  /**
   * Is given the intact entries that wait, in order and about a megabyte at a time, and is waited for. Payloads are valid
   * until it ends. Default nobody.
   */
  readonly onEntries?: (entries: readonly SpoolEntry[]) => void | Promise<void>;
}

/**
 * Checks every byte of a spool and changes nothing. The process that owns it may run meanwhile; the numbers are then
 * those of one moment or another.
 * @throws {AuditError} `spool_failed` when the disk cannot be read; what `onEntries` throws
 */
export async function inspectSpool(
  directory: string,
  { onEntries = () => {} }: InspectSpoolOptions = {},
): Promise<SpoolInspection> {
  const found = await lookAround(resolve(directory));
  const { described, isHeld, queue } = found;
  const newest = queue.segments.at(-1);
  const damage: SpoolDamage[] = [];
  const { oldestAtMs, ...waiting } = await readUnowned(queue, {
    onEntries,
    onDamage(each) {
      const isBeingWritten = isHeld && each.kind === 'torn_append' && each.path === newest?.path;
      // What its owner has removed meanwhile had been acknowledged.
      if (!isBeingWritten && existsSync(each.path)) damage.push(each);
    },
  });
  return {
    ...described,
    isHeld,
    ...waiting,
    oldestAppendedAt: oldestAtMs === undefined ? undefined : new Date(oldestAtMs).toISOString(),
    damage: [...found.layoutDamage, ...damage, ...found.letterDamage],
  };
}

interface Surroundings {
  readonly isHeld: boolean;
  readonly queue: DirectoryQueue;
  readonly layoutDamage: readonly SpoolDamage[];
  readonly letterDamage: readonly SpoolDamage[];
  readonly described: Omit<SpoolInspection, 'isHeld' | 'entries' | 'bytes' | 'oldestAppendedAt' | 'damage'>;
}

/** Looks at everything but the entries. */
async function lookAround(directory: string): Promise<Surroundings> {
  try {
    const isHeld = isDirectoryHeld(directory);
    const letters = new DeadLetterStore(nodeSpoolFiles, directory);
    const layout = readMovingLayout(directory);
    const queue = readQueue(nodeSpoolFiles, layout, letters.lastSequence);
    const { damaged } = await letters.list();
    return {
      isHeld,
      queue,
      layoutDamage: layoutDamage(directory, layout, queue),
      letterDamage: damaged.map((path) => ({ ...damagedLetter, path })),
      described: {
        directory,
        ownerPid: isHeld ? directoryOwner(directory) : undefined,
        segments: queue.segments.length,
        cursor: typeof layout.cursor === 'object' ? 'intact' : layout.cursor,
        ...sequencesOf(queue),
        deadLetters: letters.count,
        quarantineBytes: new Quarantine(nodeSpoolFiles, directory).occupiedBytes,
      },
    };
  } catch (error) {
    throw toSpoolFailure(`${directory} cannot be read`, error);
  }
}

const damagedLetter = { kind: 'dead_letter', entries: 0, bytes: 0, ranges: [], quarantined: [] } as const;

// An owner that runs may append, and note that, after the segments were looked at: what only a newer cursor knows is not
// missing.
function readMovingLayout(directory: string): DirectoryLayout {
  const before = readCursorSync(nodeSpoolFiles, directory);
  const layout = readLayout(nodeSpoolFiles, directory);
  const { cursor } = layout;
  if (typeof cursor === 'string') return layout;
  const next = typeof before === 'string' ? 0 : Math.min(before.next, cursor.next);
  return { ...layout, cursor: { ...cursor, next } };
}

function sequencesOf({
  acknowledgements,
  entries,
  next,
}: DirectoryQueue): Pick<SpoolInspection, 'firstSequence' | 'nextSequence'> {
  const nextSequence = Math.max(next, acknowledgements.floor);
  return { firstSequence: entries === 0 ? nextSequence : acknowledgements.floor, nextSequence };
}
