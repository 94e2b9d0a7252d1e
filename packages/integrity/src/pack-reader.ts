import { safeParseCheckpointBody } from './checkpoint-body.ts';
import { endOfRecords, type Lines, lineAt } from './lines.ts';
import { PackDigest } from './pack-digest.ts';
import {
  malformedLine,
  type PackKey,
  type PackManifest,
  type PackPart,
  type PackWord,
  packParts,
  safeParseManifest,
  safeParsePackKey,
  safeParsePackLine,
} from './pack-format.ts';
import { PackRecords } from './pack-records.ts';
import type { PopulationRule } from './population-rule.ts';
import { type Failure, failureAt } from './report.ts';
import { safeParseNote } from './signed-note.ts';

/** Reads the lines of a pack in their order and checks all of it but signatures, which take asking the engine. */
export class PackReader {
  readonly digest = new PackDigest();
  readonly keys: PackKey[] = [];
  manifest: PackManifest | undefined;
  checkpoint: string | undefined;
  signature: string | undefined;
  line = 0;
  failure: Failure | undefined;
  readonly #correlationsMax: number;
  #part: PackPart = 'manifest';
  #records: PackRecords | undefined;

  constructor(correlationsMax: number) {
    this.#correlationsMax = correlationsMax;
  }

  get records(): number {
    return this.#records?.walk.records ?? 0;
  }

  get purged(): number {
    return this.#records?.walk.purged ?? 0;
  }

  /** Records whose predecessor is not in the pack. */
  get unlinked(): number {
    return this.#records?.walk.unlinked ?? 0;
  }

  get disclosures(): number {
    return this.#records?.disclosures ?? 0;
  }

  /** Sequences of the records that tell of purges. */
  get purges(): ReadonlySet<number> {
    return this.#records?.purges ?? new Set();
  }

  /** The rule of the population, once the checkpoint is read. */
  get rule(): PopulationRule | undefined {
    return this.#records?.rule;
  }

  /** Whether the signature has been read. */
  get isComplete(): boolean {
    return this.#part === 'end';
  }

  /** Sequence that is due next, where that is known. */
  get next(): number | undefined {
    return this.#records?.walk.next;
  }

  /** Takes the next lines; false when one does not hold. */
  receive(lines: Lines): boolean {
    for (let at = 0; at < lines.count; ) {
      const end = this.#part === 'records' ? endOfRecords(lines, at) : at;
      const { taken, failure } =
        end > at ? this.#opened().takeRecords(lines, at, end) : this.#takeLine(lines, at);
      at += taken;
      this.line += taken;
      if (failure !== undefined) return this.#fail(failure);
    }
    return true;
  }

  #fail(failure: Failure): false {
    this.line++;
    // A line that is not what it should be stands where a record is due.
    const due = this.#part === 'records' && this.rule?.isDense ? this.next : undefined;
    this.failure = failureAt(failure.code, failure.message, {
      sequence: failure.sequence ?? (failure.code === 'malformed_line' ? due : undefined),
      line: this.line,
    });
    return false;
  }

  #takeLine(lines: Lines, at: number): { readonly taken: number; readonly failure?: Failure | undefined } {
    const failure = this.#lineFailure(lines, at);
    return { taken: failure === undefined ? 1 : 0, failure };
  }

  #lineFailure(lines: Lines, at: number): Failure | undefined {
    if (this.#part === 'end') return failureAt('content_after_end', 'something follows the signature');
    const parsed = safeParsePackLine(lineAt(lines, at));
    const allowed: readonly PackWord[] = packParts[this.#part];
    if (parsed === undefined || !allowed.includes(parsed.word)) {
      return this.#part === 'manifest'
        ? failureAt('unknown_format', 'this is not a pack')
        : malformedLine(`no such line can stand here; one of ${allowed.join(', ')} is due`);
    }
    const { word, value } = parsed;
    if (word !== 'signature') this.digest.add(lines, at);
    return this.#takeWord(word, value);
  }

  #takeWord(word: PackWord, value: unknown): Failure | undefined {
    switch (word) {
      case 'manifest':
        return this.#takeManifest(value);
      case 'key':
        return this.#takeKey(value);
      case 'checkpoint':
        return this.#takeCheckpoint(value);
      case 'hashes':
        return this.#opened().takeHashes(value);
      case 'proof':
        return this.#opened().takeProof(value);
      case 'purged':
        return this.#opened().takePurged(value);
      case 'disclosure':
        return this.#opened().takeDisclosure(value);
      case 'count':
        return this.#takeCount(value);
      case 'signature':
        return this.#takeSignature(value);
    }
  }

  #takeManifest(value: unknown): Failure | undefined {
    const manifest = safeParseManifest(value);
    if (manifest === undefined) return failureAt('unknown_format', 'the manifest is not one of audit-pack/1');
    this.manifest = manifest;
    this.#part = 'keys';
    return undefined;
  }

  #takeKey(value: unknown): Failure | undefined {
    const key = safeParsePackKey(value);
    if (key === undefined) return malformedLine('the line is not a key');
    this.keys.push(key);
    return undefined;
  }

  #takeCheckpoint(value: unknown): Failure | undefined {
    const { manifest, digest } = this;
    const note = typeof value === 'string' ? safeParseNote(value) : undefined;
    const checkpoint = note === undefined ? undefined : safeParseCheckpointBody(note.text);
    if (typeof value !== 'string' || checkpoint === undefined || manifest === undefined) {
      return failureAt('malformed_checkpoint', 'the line is not a signed checkpoint');
    }
    if (checkpoint.origin !== manifest.origin) {
      const message = `the checkpoint is of ${checkpoint.origin}, the pack of ${manifest.origin}`;
      return failureAt('wrong_origin', message);
    }
    this.checkpoint = value;
    const correlationsMax = this.#correlationsMax;
    this.#records = new PackRecords({ manifest, checkpoint, digest, correlationsMax });
    this.#part = 'records';
    return undefined;
  }

  #takeCount(value: unknown): Failure | undefined {
    const failure = this.#opened().takeCount(value);
    if (failure === undefined) this.#part = 'signature';
    return failure;
  }

  #takeSignature(value: unknown): Failure | undefined {
    if (typeof value !== 'string') return malformedLine('the line is not a signature');
    this.signature = value;
    this.#part = 'end';
    return undefined;
  }

  /** Lines of the part `records` come after the checkpoint, which makes these. */
  #opened(): PackRecords {
    if (this.#records === undefined) throw new Error('no checkpoint was read');
    return this.#records;
  }
}
