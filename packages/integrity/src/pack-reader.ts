import { safeParseCheckpointBody } from './checkpoint-body.ts';
import { DisclosedRecord } from './disclosed-record.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex, hexOfBytes, isHash } from './hex.ts';
import { ListedHashes } from './listed-hashes.ts';
import { PartialTree } from './multiproof.ts';
import { PackDigest } from './pack-digest.ts';
import {
  type PackCount,
  type PackKey,
  type PackManifest,
  type PackPart,
  type PackWord,
  packParts,
  safeParseManifest,
  safeParsePackKey,
  safeParsePackLine,
} from './pack-format.ts';
import { createPopulationRule, type PopulationRule } from './population-rule.ts';
import { PurgeClaims } from './purge-claims.ts';
import { safeParsePurged } from './purged-record.ts';
import { RecordWalk } from './record-walk.ts';
import { type Failure, failureAt } from './report.ts';
import { safeParseNote } from './signed-note.ts';

const openingBrace = 0x7b;

/** What there is from the checkpoint on. */
interface OpenedPack {
  readonly walk: RecordWalk;
  readonly rule: PopulationRule;
  readonly tree: PartialTree;
}

/** Reads the lines of a pack in their order and checks all of it but signatures, which take asking the engine. */
export class PackReader {
  readonly digest = new PackDigest();
  readonly keys: PackKey[] = [];
  /** Sequences of the records that tell of purges. */
  readonly purges = new Set<number>();
  manifest: PackManifest | undefined;
  checkpoint: string | undefined;
  signature: string | undefined;
  line = 0;
  failure: Failure | undefined;
  readonly #correlationsMax: number;
  #part: PackPart = 'manifest';
  #open: OpenedPack | undefined;
  #root = '';
  #proof: string[] = [];
  readonly #claims = new PurgeClaims();
  readonly #listed = new ListedHashes();
  readonly #disclosed = new DisclosedRecord();

  constructor(correlationsMax: number) {
    this.#correlationsMax = correlationsMax;
  }

  get records(): number {
    return this.#open?.walk.records ?? 0;
  }

  get purged(): number {
    return this.#open?.walk.purged ?? 0;
  }

  get disclosures(): number {
    return this.#disclosed.count;
  }

  /** Records whose predecessor is not in the pack. */
  get unlinked(): number {
    return this.#open?.walk.unlinked ?? 0;
  }

  /** The rule of the population, once the manifest is read. */
  get rule(): PopulationRule | undefined {
    return this.#open?.rule;
  }

  /** Whether the signature has been read. */
  get isComplete(): boolean {
    return this.#part === 'end';
  }

  /** Sequence that is due next, where that is known. */
  get next(): number | undefined {
    return this.#open?.walk.next;
  }

  /** Takes the next line; false when it does not hold. */
  receive(bytes: Uint8Array, begin: number, end: number): boolean {
    this.line++;
    const failure =
      bytes[begin] === openingBrace && this.#part === 'records'
        ? this.#takeRecord(bytes, begin, end)
        : this.#takeLine(bytes.subarray(begin, end));
    if (failure === undefined) return true;
    // A line that is not what it should be stands where a record is due.
    const due = this.#part === 'records' && this.#open?.rule.isDense ? this.next : undefined;
    this.failure = failureAt(failure.code, failure.message, {
      sequence: failure.sequence ?? (failure.code === 'malformed_line' ? due : undefined),
      line: this.line,
    });
    return false;
  }

  #takeRecord(bytes: Uint8Array, begin: number, end: number): Failure | undefined {
    const { walk, rule, tree } = this.#opened();
    const listedAt = this.#listed.next();
    if (listedAt < 0) return malformed('a record stands where hashes are due');
    const failure = walk.take(bytes, begin, end, this.#listed.words, listedAt / 4);
    if (failure !== undefined) return failure;
    const { reader } = walk;
    const claim = this.#claims.isClaimed(reader.sequence)
      ? this.#claims.take(reader.sequence, bytes.subarray(begin, end))
      : undefined;
    if (claim !== undefined) return claim;
    this.digest.addHash(reader.leaf);
    const line = () => bytes.subarray(begin, end);
    const refused =
      rule.accept(reader.sequence, reader, line) ?? this.#cover(reader.sequence, reader.sequence);
    if (refused !== undefined) return refused;
    tree.frontier.appendBytes(reader.leaf);
    if (this.manifest?.disclosures === 'included') this.#disclosed.keep(line());
    return undefined;
  }

  #takeLine(line: Uint8Array): Failure | undefined {
    if (this.#part === 'end') return failureAt('content_after_end', 'something follows the signature');
    const parsed = safeParsePackLine(line);
    const allowed: readonly PackWord[] = packParts[this.#part];
    if (parsed === undefined || !allowed.includes(parsed.word)) {
      return this.#part === 'manifest'
        ? failureAt('unknown_format', 'this is not a pack')
        : malformed(`no such line can stand here; one of ${allowed.join(', ')} is due`);
    }
    const { word, value } = parsed;
    if (word !== 'signature') this.digest.add(line);
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
        return this.#takeHashes(value);
      case 'proof':
        return this.#takeProof(value);
      case 'purged':
        return this.#takePurged(value);
      case 'disclosure':
        return this.#disclosed.take(value);
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
    if (key === undefined) return malformed('the line is not a key');
    this.keys.push(key);
    return undefined;
  }

  #takeCheckpoint(value: unknown): Failure | undefined {
    const note = typeof value === 'string' ? safeParseNote(value) : undefined;
    const checkpoint = note === undefined ? undefined : safeParseCheckpointBody(note.text);
    if (typeof value !== 'string' || checkpoint === undefined || this.manifest === undefined) {
      return failureAt('malformed_checkpoint', 'the line is not a signed checkpoint');
    }
    if (checkpoint.origin !== this.manifest.origin) {
      const message = `the checkpoint is of ${checkpoint.origin}, the pack of ${this.manifest.origin}`;
      return failureAt('wrong_origin', message);
    }
    this.checkpoint = value;
    const rule = createPopulationRule(this.manifest.population, this.#correlationsMax);
    const walk = new RecordWalk({ logId: this.manifest.log_id, ...rule });
    this.#open = { rule, walk, tree: new PartialTree(checkpoint.size) };
    this.#root = checkpoint.root;
    this.#part = 'records';
    return undefined;
  }

  #takeHashes(value: unknown): Failure | undefined {
    if (!this.#listed.isUsed) return this.#missingListed();
    if (!this.#listed.take(value)) return malformed('a list of hashes has 1 to 256 of them');
    this.#disclosed.forget();
    return undefined;
  }

  #takeProof(value: unknown): Failure | undefined {
    if (!Array.isArray(value) || !value.every(isHash) || value.length === 0 || this.#proof.length > 0) {
      return malformed('a proof is a list of hashes');
    }
    this.#proof = value;
    return undefined;
  }

  #takePurged(value: unknown): Failure | undefined {
    const { walk, rule, tree } = this.#opened();
    const purged = safeParsePurged(value);
    const listedAt = this.#listed.next();
    if (purged === undefined || listedAt < 0) return malformed('the line is not a purged record');
    const { sequence, event_hash: hash, by_sequence: bySequence } = purged;
    const misplaced = walk.takePurged(sequence, hash);
    if (misplaced !== undefined) return misplaced;
    if (hexOfBytes(this.#listed.bytes.subarray(listedAt, listedAt + hashBytes)) !== hash) {
      return failureAt('hashes_mismatch', `purged record ${sequence} is listed with another hash`, {
        sequence,
      });
    }
    const failure = rule.accept(sequence) ?? this.#cover(sequence, sequence) ?? this.#claims.add(purged);
    if (failure !== undefined) return failure;
    tree.frontier.appendBytes(bytesOfHex(hash));
    this.purges.add(bySequence);
    this.#disclosed.forget();
    return undefined;
  }

  #takeCount(value: unknown): Failure | undefined {
    if (!this.#listed.isUsed) return this.#missingListed();
    const { walk, rule, tree } = this.#opened();
    const { records, purged, disclosures } = (value ?? {}) as Partial<Record<keyof PackCount, unknown>>;
    const unfounded = rule.isDense ? this.#claims.end(walk.next) : undefined;
    const failure = rule.end(walk.next) ?? this.#cover(tree.size) ?? unfounded;
    if (failure !== undefined) return failure;
    if (records !== walk.records || purged !== walk.purged || disclosures !== this.disclosures) {
      const found = `${walk.records} records, ${walk.purged} purged and ${this.disclosures} disclosures`;
      return failureAt('count_mismatch', `the pack has ${found} and states other numbers`);
    }
    const root = tree.root();
    if (root !== this.#root) {
      return failureAt(
        'root_mismatch',
        `records and proof lead to root ${root}, the checkpoint has ${this.#root}`,
      );
    }
    this.#part = 'signature';
    return undefined;
  }

  #takeSignature(value: unknown): Failure | undefined {
    if (typeof value !== 'string') return malformed('the line is not a signature');
    this.signature = value;
    this.#part = 'end';
    return undefined;
  }

  /** Covers the records between the last one and a position by the hashes of the proof. */
  #cover(index: number, sequence?: number): Failure | undefined {
    const { tree } = this.#opened();
    if (index === tree.next && index < tree.size && this.#proof.length === 0) return undefined;
    const hashes = this.#proof;
    this.#proof = [];
    if (sequence !== undefined && sequence >= tree.size) {
      return failureAt('index_out_of_range', `the checkpoint has ${tree.size} records`, { sequence });
    }
    if (tree.hashesUntil(index) !== hashes.length) {
      return failureAt('malformed_proof', `the proof before this line has ${hashes.length} hashes`, {
        sequence,
      });
    }
    tree.skipTo(index, hashes);
    return undefined;
  }

  #missingListed(): Failure {
    const { walk } = this.#opened();
    return failureAt('records_missing', `after record ${walk.next - 1} another is listed that is not here`, {
      sequence: walk.next,
    });
  }

  /** Lines of the part `records` come after the checkpoint, which makes these. */
  #opened(): OpenedPack {
    if (this.#open === undefined) throw new Error('no checkpoint was read');
    return this.#open;
  }
}

function malformed(message: string): Failure {
  return failureAt('malformed_line', message);
}
