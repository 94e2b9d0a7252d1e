import type { Acknowledgements } from './acknowledgements.ts';
import { DamageSurvey } from './damage-survey.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { DiskFlush } from './disk-flush.ts';
import type { ResolvedFileSpoolOptions } from './file-spool-options.ts';
import { type OpenedDirectory, openDirectory } from './open-directory.ts';
import { Quarantine } from './quarantine.ts';
import { ReadAhead } from './read-ahead.ts';
import type { Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { Settlement } from './settlement.ts';
import { SpoolAccount } from './spool-account.ts';
import { type DamageListener, deferListener } from './spool-damage.ts';

/** What a file spool is made of. */
export interface FileSpoolParts {
  /** Oldest first. */
  readonly segments: Segment[];
  readonly acknowledgements: Acknowledgements;
  readonly account: SpoolAccount;
  readonly writer: SegmentWriter;
  readonly ahead: ReadAhead;
  readonly deadLetters: DeadLetterStore;
  readonly quarantine: Quarantine;
  readonly flush: DiskFlush;
  readonly settlement: Settlement;
  readonly report: DamageListener;
}

/** Opens a directory whose lock is held, and makes what reads and writes in it. */
export function createFileSpoolParts(
  options: ResolvedFileSpoolOptions,
  firstMade: string | undefined,
): FileSpoolParts {
  const { directory, files } = options;
  const report = deferListener(options.onDamage);
  const quarantine = new Quarantine(files, directory);
  const deadLetters = new DeadLetterStore(files, directory);
  const opened = openDirectory({
    files,
    directory,
    quarantine,
    onDamage: report,
    lastDeadSequence: deadLetters.lastSequence,
  });
  const { acknowledgements, segments, spoolId } = opened;
  const account = new SpoolAccount({ ...options, opened, deadLetters, quarantine });
  const writer = new SegmentWriter({ ...options, spoolId });
  const damage = new DamageSurvey({
    files,
    quarantine,
    acknowledgements,
    onDamage: report,
    onMissing: (waiting, kept) => account.miss(waiting, kept),
  });
  const ahead = new ReadAhead({ files, segments, acknowledgements, damage });
  const flush = new DiskFlush({
    files,
    directory,
    firstMade,
    segments,
    floor: () => acknowledgements.floor,
    sealActive: () => writer.seal(),
  });
  const parts = {
    segments,
    acknowledgements,
    account,
    writer,
    ahead,
    deadLetters,
    quarantine,
    flush,
    report,
  };
  return { ...parts, settlement: createSettlement(options, opened, parts) };
}

function createSettlement(
  { directory, files }: ResolvedFileSpoolOptions,
  { spoolId }: OpenedDirectory,
  { account, acknowledgements, ahead, deadLetters, quarantine, segments }: Omit<FileSpoolParts, 'settlement'>,
): Settlement {
  return new Settlement({
    files,
    directory,
    segments,
    acknowledgements,
    ahead,
    quarantine,
    cursor: () => {
      const { beyond, floor } = acknowledgements;
      return { floor, next: account.next, spoolId, beyond };
    },
    onRemoved: ({ size }) => account.removeSegment(size),
    onSettled: () => {
      deadLetters.recount();
      account.measureBesides();
    },
  });
}
