import { resolve } from 'node:path';
import type { Acknowledgements } from './acknowledgements.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { readLayout, readQueue } from './directory-layout.ts';
import { frameLength, frameSequence, frameTime } from './frame.ts';
import { directoryOwner, isDirectoryHeld } from './lock-directory.ts';
import { layoutDamage } from './open-directory.ts';
import { Quarantine } from './quarantine.ts';
import { framesStart, type Segment } from './segment.ts';
import { SegmentSurvey, type SurveyScope } from './segment-survey.ts';
import { subtractRanges } from './sequence-ranges.ts';
import type { SpoolDamage } from './spool-damage.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';
import { nodeSpoolFiles } from './spool-files.ts';
import { surveyFile } from './survey-file.ts';
import { withDescriptor } from './write-file.ts';

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
  readonly deadLetters: number;
  /** What is damaged now; what was put aside before is in quarantine. */
  readonly damage: readonly SpoolDamage[];
  /** What the files in quarantine occupy. */
  readonly quarantineBytes: number;
}

/**
 * Checks every byte of a spool and changes nothing. The process that owns it may run meanwhile; the numbers are then
 * those of one moment or another.
 * @throws {AuditError} `spool_failed` when the disk cannot be read
 */
export async function inspectSpool(directory: string): Promise<SpoolInspection> {
  try {
    return await inspect(resolve(directory));
  } catch (error) {
    throw toSpoolFailure(`${directory} cannot be read`, error);
  }
}

async function inspect(directory: string): Promise<SpoolInspection> {
  const isHeld = isDirectoryHeld(directory);
  const letters = new DeadLetterStore(nodeSpoolFiles, directory);
  const layout = readLayout(nodeSpoolFiles, directory);
  const queue = readQueue(nodeSpoolFiles, layout, letters.lastSequence);
  const tally = new Tally(queue.acknowledgements);
  const damage = layoutDamage(directory, layout, queue);
  for (const segment of queue.segments) damage.push(...(await inspectSegment(segment, tally, isHeld)));
  for (const path of (await letters.list()).damaged) {
    damage.push({ kind: 'dead_letter', path, entries: 0, bytes: 0, quarantined: [] });
  }
  return {
    directory,
    isHeld,
    ownerPid: isHeld ? directoryOwner(directory) : undefined,
    segments: queue.segments.length,
    entries: tally.entries,
    bytes: tally.bytes,
    oldestAppendedAt: tally.oldestAt === undefined ? undefined : new Date(tally.oldestAt).toISOString(),
    deadLetters: letters.count,
    damage,
    quarantineBytes: new Quarantine(nodeSpoolFiles, directory).occupiedBytes,
  };
}

async function inspectSegment(segment: Segment, tally: Tally, isHeld: boolean): Promise<SpoolDamage[]> {
  const { end, first, hasHeader, path, size } = segment;
  const survey = await surveyReadOnly(path, {
    offset: hasHeader ? framesStart : 0,
    size,
    first,
    end,
    onFrame: (bytes, offset) => tally.add(bytes, offset),
  });
  // The owner is just writing there.
  const isTorn = survey.tornSequence !== undefined;
  const isBeingWritten = isHeld && isTorn && survey.badRanges.length === 1;
  const bytes = survey.badRanges.reduce((sum, range) => sum + range.endOffset - range.offset, 0);
  const found = survey.runs.map(({ sequence, nextSequence }) => ({ from: sequence, to: nextSequence }));
  const missing = subtractRanges(
    [{ from: first, to: end }],
    found.toSorted((a, b) => a.from - b.from),
  );
  const entries = tally.countWaiting(missing) - (isTorn && segment.mayEndTorn ? 1 : 0);
  if (isBeingWritten || (entries <= 0 && bytes === 0)) return [];
  const kind = isTorn && entries <= 0 ? 'torn_append' : 'entries';
  return [{ kind, path, entries: Math.max(0, entries), bytes, quarantined: [] }];
}

async function surveyReadOnly(path: string, scope: SurveyScope): Promise<SegmentSurvey> {
  try {
    return await withDescriptor(nodeSpoolFiles, path, 'r', (descriptor) =>
      surveyFile(nodeSpoolFiles, descriptor, scope),
    );
  } catch (error) {
    // Its owner has removed it meanwhile.
    if (isMissingFile(error)) return new SegmentSurvey({ ...scope, size: 0 });
    throw error;
  }
}

class Tally {
  readonly #acknowledgements: Acknowledgements;
  entries = 0;
  bytes = 0;
  oldestAt: number | undefined;

  constructor(acknowledgements: Acknowledgements) {
    this.#acknowledgements = acknowledgements;
  }

  add(bytes: Buffer, offset: number): void {
    if (this.#acknowledgements.has(frameSequence(bytes, offset))) return;
    this.entries += 1;
    this.bytes += frameLength(bytes, offset);
    this.oldestAt = Math.min(this.oldestAt ?? Number.POSITIVE_INFINITY, frameTime(bytes, offset));
  }

  countWaiting(ranges: readonly { from: number; to: number }[]): number {
    return ranges.reduce(
      (sum, range) => sum + range.to - range.from - this.#acknowledgements.countWithin(range),
      0,
    );
  }
}
