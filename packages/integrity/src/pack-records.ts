import type { Checkpoint } from './checkpoint-body.ts';
import { DisclosedRecord } from './disclosed-record.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex, hexOfBytes, isHash } from './hex.ts';
import type { Lines } from './lines.ts';
import { ListedHashes } from './listed-hashes.ts';
import { PartialTree } from './multiproof.ts';
import type { PackDigest } from './pack-digest.ts';
import { malformedLine, type PackCount, type PackManifest } from './pack-format.ts';
import { createPopulationRule, type PopulationRule } from './population-rule.ts';
import { PurgeClaims } from './purge-claims.ts';
import { safeParsePurged } from './purged-record.ts';
import { RecordWalk } from './record-walk.ts';
import { type Failure, failureAt } from './report.ts';

/** What the records of a pack are checked by. */
export interface PackRecordsOptions {
  readonly manifest: PackManifest;
  readonly checkpoint: Checkpoint;
  /** Digest to which the hashes of records are added. */
  readonly digest: PackDigest;
  readonly correlationsMax: number;
}

/** The records of a pack and the lines among them: hashes, proofs, purged records, disclosures and, last, the count. */
export class PackRecords {
  readonly rule: PopulationRule;
  readonly walk: RecordWalk;
  /** Sequences of the records that tell of purges. */
  readonly purges = new Set<number>();
  readonly #tree: PartialTree;
  readonly #root: string;
  readonly #digest: PackDigest;
  readonly #isDisclosing: boolean;
  readonly #claims = new PurgeClaims();
  readonly #listed = new ListedHashes();
  #proof: string[] = [];
  readonly #disclosed = new DisclosedRecord();

  constructor({ manifest, checkpoint, digest, correlationsMax }: PackRecordsOptions) {
    this.rule = createPopulationRule(manifest.population, correlationsMax);
    this.walk = new RecordWalk({ logId: manifest.log_id, ...this.rule });
    this.#tree = new PartialTree(checkpoint.size);
    this.#root = checkpoint.root;
    this.#digest = digest;
    this.#isDisclosing = manifest.disclosures === 'included';
  }

  /** Values that their records vouch for. */
  get disclosures(): number {
    return this.#disclosed.count;
  }

  /**
   * Takes the record `from` and those up to `to - 1` that can be read together with it.
   * @returns how many hold, and why the next does not
   */
  takeRecords(
    lines: Lines,
    from: number,
    to: number,
  ): { readonly taken: number; readonly failure?: Failure | undefined } {
    const { reader } = this.walk;
    const listed = Math.min(to, from + this.#listed.left);
    if (listed === from) return { taken: 0, failure: malformedLine('a record stands where hashes are due') };
    const unread = this.walk.read(lines, from, listed);
    if (unread !== undefined) return { taken: 0, failure: unread };
    const matching = this.#listed.takeRecords(reader);
    let taken = 0;
    let failure: Failure | undefined;
    while (taken < reader.count) {
      failure = this.#takeRecord(taken, taken < matching);
      if (failure !== undefined) break;
      taken++;
    }
    const end = taken * hashBytes;
    this.#digest.addHashes(reader.leaves, end);
    this.#tree.frontier.appendBytes(reader.leaves, 0, end);
    if (this.#isDisclosing) this.#disclosed.keep(reader.line());
    return { taken, failure };
  }

  takeHashes(value: unknown): Failure | undefined {
    if (this.#listed.left > 0) return this.#missingListed();
    if (!this.#listed.take(value)) return malformedLine('a list of hashes has 1 to 256 of them');
    this.#disclosed.forget();
    return undefined;
  }

  takeProof(value: unknown): Failure | undefined {
    if (!Array.isArray(value) || !value.every(isHash) || value.length === 0 || this.#proof.length > 0) {
      return malformedLine('a proof is a list of hashes');
    }
    this.#proof = value;
    return undefined;
  }

  takePurged(value: unknown): Failure | undefined {
    const purged = safeParsePurged(value);
    const listedAt = this.#listed.next();
    if (purged === undefined || listedAt < 0) return malformedLine('the line is not a purged record');
    const { sequence, event_hash: hash, by_sequence: bySequence } = purged;
    const misplaced = this.walk.takePurged(sequence, hash);
    if (misplaced !== undefined) return misplaced;
    if (hexOfBytes(this.#listed.bytes.subarray(listedAt, listedAt + hashBytes)) !== hash) {
      return failureAt('hashes_mismatch', `purged record ${sequence} is listed with another hash`, {
        sequence,
      });
    }
    const failure =
      this.rule.accept(sequence) ?? this.#cover(sequence, { sequence }) ?? this.#claims.add(purged);
    if (failure !== undefined) return failure;
    this.#tree.frontier.appendBytes(bytesOfHex(hash));
    this.purges.add(bySequence);
    this.#disclosed.forget();
    return undefined;
  }

  takeDisclosure(value: unknown): Failure | undefined {
    return this.#disclosed.take(value);
  }

  /** Takes the count, which ends the records: the tree must have the root that the checkpoint states. */
  takeCount(value: unknown): Failure | undefined {
    if (this.#listed.left > 0) return this.#missingListed();
    const { walk, rule } = this;
    const { records, purged, disclosures } = (value ?? {}) as Partial<Record<keyof PackCount, unknown>>;
    // Where records are left out, the purge may be one of them.
    const unfounded = rule.isDense ? this.#claims.end(walk.next) : undefined;
    const failure = rule.end(walk.next) ?? this.#cover(this.#tree.size, {}) ?? unfounded;
    if (failure !== undefined) return failure;
    if (records !== walk.records || purged !== walk.purged || disclosures !== this.disclosures) {
      const found = `${walk.records} records, ${walk.purged} purged and ${this.disclosures} disclosures`;
      return failureAt('count_mismatch', `the pack has ${found} and states other numbers`);
    }
    const root = this.#tree.root();
    if (root === this.#root) return undefined;
    return failureAt(
      'root_mismatch',
      `records and proof lead to root ${root}, the checkpoint has ${this.#root}`,
    );
  }

  #takeRecord(at: number, isAsListed: boolean): Failure | undefined {
    const { reader } = this.walk;
    const failure = this.walk.take(at, isAsListed) ?? this.#claims.take(reader);
    if (failure !== undefined) return failure;
    const { sequence } = reader;
    return this.rule.accept(sequence, reader) ?? this.#cover(sequence, { sequence, ahead: at });
  }

  /**
   * Covers the records between the last one and a position by the hashes of the proof.
   * @param ahead records that were taken but are not in the tree yet
   */
  #cover(index: number, { sequence, ahead = 0 }: { sequence?: number; ahead?: number }): Failure | undefined {
    const tree = this.#tree;
    if (index === tree.next + ahead && index < tree.size && this.#proof.length === 0) return undefined;
    const hashes = this.#proof;
    this.#proof = [];
    if (sequence !== undefined && sequence >= tree.size) {
      return failureAt('index_out_of_range', `the checkpoint has ${tree.size} records`, { sequence });
    }
    // A proof stands before the first of the records that are taken together, so those ahead never have one.
    if (tree.hashesUntil(index) !== hashes.length) {
      return failureAt('malformed_proof', `the proof before this line has ${hashes.length} hashes`, {
        sequence,
      });
    }
    tree.skipTo(index, hashes);
    return undefined;
  }

  #missingListed(): Failure {
    const { walk } = this;
    return failureAt('records_missing', `after record ${walk.next - 1} another is listed that is not here`, {
      sequence: walk.next,
    });
  }
}
