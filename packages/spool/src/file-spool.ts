import { AuditError } from '@audit/schema';
import type { Acknowledgements } from './acknowledgements.ts';
import { DamageSurvey } from './damage-survey.ts';
import { toDeadLetter } from './dead-letter.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { DiskFlush } from './disk-flush.ts';
import type { ResolvedFileSpoolOptions } from './file-spool-options.ts';
import type { DirectoryLock } from './lock-directory.ts';
import { openDirectory } from './open-directory.ts';
import { Quarantine } from './quarantine.ts';
import { ReadAhead } from './read-ahead.ts';
import type { Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { Settlement } from './settlement.ts';
import type {
  AppendOutcome,
  DeadLetter,
  DeathCause,
  PeekLimits,
  Spool,
  SpoolEntry,
  SpoolInput,
  SpoolStatistics,
} from './spool.ts';
import { type DamageListener, deferListener } from './spool-damage.ts';
import { errorCode, toRefusal, toSpoolFailure } from './spool-failure.ts';

/** A spool in a directory. */
export interface FileSpool extends Spool {
  /** The directory, as an absolute path. */
  readonly directory: string;
}

// An empty spool keeps no more than this on disk.
const modestBytes = 1_048_576;

/** A {@link FileSpool} over a directory whose lock is held. */
export class FileSpoolInDirectory implements FileSpool {
  readonly directory: string;
  readonly #options: ResolvedFileSpoolOptions;
  readonly #lock: DirectoryLock;
  readonly #segments: Segment[];
  readonly #acknowledgements: Acknowledgements;
  readonly #writer: SegmentWriter;
  readonly #ahead: ReadAhead;
  readonly #deadLetters: DeadLetterStore;
  readonly #quarantine: Quarantine;
  readonly #flush: DiskFlush;
  readonly #report: DamageListener;
  readonly #settlement: Settlement;
  #next: number;
  #entries: number;
  #damagedEntries: number;
  #tornAppends = 0;
  #segmentsBytes = 0;
  /** What dead letters and quarantine occupy. */
  #besidesBytes = 0;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedFileSpoolOptions, lock: DirectoryLock, firstMade: string | undefined) {
    const { directory, files } = options;
    this.directory = directory;
    this.#options = options;
    this.#lock = lock;
    this.#report = deferListener(options.onDamage);
    this.#quarantine = new Quarantine(files, directory);
    this.#deadLetters = new DeadLetterStore(files, directory);
    const opened = openDirectory({
      files,
      directory,
      quarantine: this.#quarantine,
      onDamage: this.#report,
      lastDeadSequence: this.#deadLetters.lastSequence,
    });
    this.#segments = opened.segments;
    this.#acknowledgements = opened.acknowledgements;
    this.#next = opened.next;
    this.#entries = opened.entries;
    this.#damagedEntries = opened.missingEntries;
    for (const { size } of opened.segments) this.#segmentsBytes += size;
    this.#measureBesides();
    this.#writer = new SegmentWriter({ ...options, spoolId: opened.spoolId });
    this.#ahead = new ReadAhead({
      files,
      segments: this.#segments,
      acknowledgements: this.#acknowledgements,
      damage: this.#createSurvey(),
    });
    this.#flush = new DiskFlush({
      files,
      directory,
      firstMade,
      segments: this.#segments,
      floor: () => this.#acknowledgements.floor,
      sealActive: () => this.#writer.seal(),
    });
    this.#settlement = this.#createSettlement(opened.spoolId);
  }

  append(input: SpoolInput): AppendOutcome {
    if (this.#closing !== undefined) return { status: 'refused', reason: 'closed' };
    const nowMs = Math.max(0, this.#options.now());
    const sequence = Math.max(this.#next, this.#writer.sequenceMin);
    const frameBytes = this.#writer.prepare(input, sequence, nowMs);
    if (frameBytes === 0) return { status: 'refused', reason: 'too_large' };
    const bytes = this.#writer.bytesToAdd(frameBytes);
    if (!this.#hasRoom(bytes, input.critical === true)) return this.#refuseForQuota();
    try {
      const segment = this.#writer.write(frameBytes, sequence, nowMs);
      if (segment !== this.#segments.at(-1)) this.#addSegment(segment);
    } catch (error) {
      this.#burn(sequence);
      // The name is taken by a file that could not be removed; the next one is free.
      if (errorCode(error) === 'EEXIST') return this.append(input);
      return this.#refuseForFailure(error);
    }
    this.#segmentsBytes += bytes;
    this.#next = sequence + 1;
    this.#entries += 1;
    return { status: 'appended', sequence };
  }

  async peek(limits: PeekLimits): Promise<readonly SpoolEntry[]> {
    this.#assertOpen();
    return this.#ahead.peek(limits);
  }

  acknowledge(entries: readonly SpoolEntry[]): void {
    if (this.#closing !== undefined) return;
    let bytes = 0;
    for (const { sequence } of entries) {
      const read = this.#ahead.take(sequence);
      if (read === undefined) continue;
      this.#acknowledgements.add(sequence);
      this.#entries -= 1;
      bytes += read.frameBytes;
      read.segment.waitingBytes -= read.frameBytes;
    }
    if (this.#entries === 0 && (this.#writer.active?.size ?? 0) > this.#modestBytes()) this.#writer.seal();
    this.#settlement.schedule(bytes);
  }

  async bury(entry: SpoolEntry, cause: DeathCause): Promise<void> {
    this.#assertOpen();
    try {
      await this.#deadLetters.keep(toDeadLetter(entry, cause, this.#options.now()));
    } catch (error) {
      throw toSpoolFailure(`the dead letter of ${entry.key} cannot be written`, error);
    }
    this.#measureBesides();
    this.acknowledge([entry]);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    try {
      const { damaged, letters } = await this.#deadLetters.list();
      for (const path of damaged) this.#putDeadLetterAside(path);
      return letters;
    } catch (error) {
      throw toSpoolFailure('the dead letters cannot be read', error);
    } finally {
      this.#measureBesides();
    }
  }

  async sync(): Promise<void> {
    this.#assertOpen();
    await this.#flush.run();
  }

  statistics(): SpoolStatistics {
    const bytes = this.#segments.reduce((sum, segment) => sum + Math.max(0, segment.waitingBytes), 0);
    return {
      entries: this.#entries,
      bytes: this.#entries === 0 ? 0 : bytes,
      occupiedBytes: this.#segmentsBytes + this.#besidesBytes,
      firstSequence: this.#entries === 0 ? this.#next : this.#acknowledgements.floor,
      nextSequence: this.#next,
      deadLetters: this.#deadLetters.count,
      damagedEntries: this.#damagedEntries,
      tornAppends: this.#tornAppends,
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#ahead.close().catch(ignoreAtClose);
    this.#writer.seal();
    await this.#settlement.run();
    this.#lock.release();
  }

  #hasRoom(bytes: number, isCritical: boolean): boolean {
    const { commonQuotaBytes, quotaBytes } = this.#options;
    const limit = isCritical ? quotaBytes : commonQuotaBytes;
    return this.#segmentsBytes + this.#besidesBytes + bytes <= limit;
  }

  // A person may have removed dead letters, which is noticed for the next append.
  #refuseForQuota(): AppendOutcome {
    this.#settlement.schedule(0);
    return { status: 'refused', reason: 'quota' };
  }

  #refuseForFailure(cause: unknown): AppendOutcome {
    const error = toSpoolFailure(`nothing can be appended in ${this.directory}`, cause);
    return { status: 'refused', reason: toRefusal(cause), error };
  }

  // An abandoned file keeps a sequence that no entry got; noted as gone, or the next process takes it for damage.
  #burn(sequence: number): void {
    if (this.#writer.sequenceMin <= sequence) return;
    this.#acknowledgements.add(sequence);
    this.#next = sequence + 1;
    void this.#settlement.run();
  }

  #addSegment(segment: Segment): void {
    this.#segments.push(segment);
    this.#flush.noteNewSegment();
  }

  #modestBytes(): number {
    return Math.min(modestBytes, this.#options.segmentBytes / 4);
  }

  #createSettlement(spoolId: string): Settlement {
    return new Settlement({
      files: this.#options.files,
      directory: this.directory,
      segments: this.#segments,
      acknowledgements: this.#acknowledgements,
      ahead: this.#ahead,
      quarantine: this.#quarantine,
      cursor: () => {
        const { beyond, floor } = this.#acknowledgements;
        return { floor, next: this.#next, spoolId, beyond };
      },
      onRemoved: ({ size }) => {
        this.#segmentsBytes -= size;
      },
      onSettled: () => {
        this.#deadLetters.recount();
        this.#measureBesides();
      },
    });
  }

  #createSurvey(): DamageSurvey {
    return new DamageSurvey({
      files: this.#options.files,
      quarantine: this.#quarantine,
      acknowledgements: this.#acknowledgements,
      onDamage: this.#report,
      onMissing: (waiting, kept) => {
        this.#entries -= waiting;
        this.#damagedEntries += kept;
        this.#tornAppends += waiting - kept;
        this.#measureBesides();
      },
    });
  }

  #putDeadLetterAside(path: string): void {
    const quarantined = [this.#quarantine.moveSync(path)];
    this.#deadLetters.recount();
    this.#report({ kind: 'dead_letter', path, entries: 0, bytes: 0, quarantined });
  }

  #measureBesides(): void {
    this.#besidesBytes = this.#deadLetters.occupiedBytes + this.#quarantine.occupiedBytes;
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new AuditError(`${this.directory}: the spool is closed`, { code: 'spool_failed' });
  }
}

function ignoreAtClose(): void {
  // The file was only read; closing it tells nothing about what is kept.
}
