import { AuditError } from '@audit/schema';
import { toDeadLetter } from './dead-letter.ts';
import type { ResolvedFileSpoolOptions } from './file-spool-options.ts';
import { createFileSpoolParts, type FileSpoolParts } from './file-spool-parts.ts';
import type { DirectoryLock } from './lock-directory.ts';
import type { Segment } from './segment.ts';
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
  readonly #parts: FileSpoolParts;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedFileSpoolOptions, lock: DirectoryLock, firstMade: string | undefined) {
    this.directory = options.directory;
    this.#options = options;
    this.#lock = lock;
    this.#parts = createFileSpoolParts(options, firstMade);
  }

  append(input: SpoolInput): AppendOutcome {
    if (this.#closing !== undefined) return { status: 'refused', reason: 'closed' };
    const { account, segments, writer } = this.#parts;
    const nowMs = Math.max(0, this.#options.now());
    const sequence = Math.max(account.next, writer.sequenceMin);
    const frameBytes = writer.prepare(input, sequence, nowMs);
    if (frameBytes === 0) return { status: 'refused', reason: 'too_large' };
    const bytes = writer.bytesToAdd(frameBytes);
    if (!account.hasRoom(bytes, input.critical === true)) return this.#refuseForQuota();
    try {
      const segment = writer.write(frameBytes, sequence, nowMs);
      if (segment !== segments.at(-1)) this.#addSegment(segment);
    } catch (error) {
      this.#burn(sequence);
      // The name is taken by a file that could not be removed; the next one is free.
      if (errorCode(error) === 'EEXIST') return this.append(input);
      return this.#refuseForFailure(error);
    }
    account.append(sequence, bytes);
    return { status: 'appended', sequence };
  }

  async peek(limits: PeekLimits): Promise<readonly SpoolEntry[]> {
    this.#assertOpen();
    return this.#parts.ahead.peek(limits);
  }

  acknowledge(entries: readonly SpoolEntry[]): void {
    if (this.#closing !== undefined) return;
    const { account, acknowledgements, ahead, settlement, writer } = this.#parts;
    let bytes = 0;
    for (const { sequence } of entries) {
      const read = ahead.take(sequence);
      if (read === undefined) continue;
      acknowledgements.add(sequence);
      account.acknowledge();
      bytes += read.frameBytes;
      read.segment.waitingBytes -= read.frameBytes;
    }
    if (account.entries === 0 && (writer.active?.size ?? 0) > this.#modestBytes()) writer.seal();
    settlement.schedule(bytes);
  }

  async bury(entry: SpoolEntry, cause: DeathCause): Promise<void> {
    this.#assertOpen();
    const { account, deadLetters } = this.#parts;
    try {
      await deadLetters.keep(toDeadLetter(entry, cause, this.#options.now()));
    } catch (error) {
      throw toSpoolFailure(`the dead letter of ${entry.key} cannot be written`, error);
    }
    account.measureBesides();
    this.acknowledge([entry]);
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    const { account, deadLetters } = this.#parts;
    try {
      const { damaged, letters } = await deadLetters.list();
      for (const path of damaged) this.#putDeadLetterAside(path);
      return letters;
    } catch (error) {
      throw toSpoolFailure('the dead letters cannot be read', error);
    } finally {
      account.measureBesides();
    }
  }

  async sync(): Promise<void> {
    this.#assertOpen();
    await this.#parts.flush.run();
  }

  statistics(): SpoolStatistics {
    return this.#parts.account.statistics();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { ahead, settlement, writer } = this.#parts;
    await ahead.close().catch(ignoreAtClose);
    writer.seal();
    await settlement.run();
    this.#lock.release();
  }

  // A person may have removed dead letters, which is noticed for the next append.
  #refuseForQuota(): AppendOutcome {
    this.#parts.settlement.schedule(0);
    return { status: 'refused', reason: 'quota' };
  }

  #refuseForFailure(cause: unknown): AppendOutcome {
    const error = toSpoolFailure(`nothing can be appended in ${this.directory}`, cause);
    return { status: 'refused', reason: toRefusal(cause), error };
  }

  // An abandoned file keeps a sequence that no entry got; noted as gone, or the next process takes it for damage.
  #burn(sequence: number): void {
    const { account, acknowledgements, settlement, writer } = this.#parts;
    if (writer.sequenceMin <= sequence) return;
    acknowledgements.add(sequence);
    account.burn(sequence);
    void settlement.run();
  }

  #addSegment(segment: Segment): void {
    this.#parts.segments.push(segment);
    this.#parts.flush.noteNewSegment();
  }

  #modestBytes(): number {
    return Math.min(modestBytes, this.#options.segmentBytes / 4);
  }

  #putDeadLetterAside(path: string): void {
    const { deadLetters, quarantine, report } = this.#parts;
    const quarantined = [quarantine.moveSync(path)];
    deadLetters.recount();
    report({ kind: 'dead_letter', path, entries: 0, bytes: 0, ranges: [], quarantined });
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new AuditError(`${this.directory}: the spool is closed`, { code: 'spool_failed' });
  }
}

function ignoreAtClose(): void {
  // The file was only read; closing it tells nothing about what is kept.
}
