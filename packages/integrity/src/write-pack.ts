import { base64OfBytes } from './base64.ts';
import { safeParseCheckpointBody } from './checkpoint-body.ts';
import type { Disclosure } from './disclosure.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { oneLine } from './lines.ts';
import { inParts, type NodeReader, readSubtrees } from './node-reader.ts';
import type { NoteSigner } from './note-key.ts';
import { formatPackStatement, PackDigest } from './pack-digest.ts';
import { formatPackLine, type PackKey, type PackManifest, packFormat } from './pack-format.ts';
import type { PurgedRecord } from './purged-record.ts';
import { RecordReader } from './record-reader.ts';
import { safeParseNote, signNote } from './signed-note.ts';
import { coveringSubtrees, type LeafRange } from './subtrees.ts';
import { tileWidth } from './tiles.ts';

/** A record for a pack, its exact bytes, with the values of it that are to be shown; or what a purge left of one. */
export type PackItem =
  | { readonly record: Uint8Array | string; readonly disclosures?: readonly Disclosure[] }
  | { readonly purged: PurgedRecord };

/** What {@link writePack} writes. */
export interface WritePackOptions {
  readonly manifest: Omit<PackManifest, 'format'>;
  /** Signed checkpoint of the log, over all the records. */
  readonly checkpoint: string;
  /** Keys to name in the pack. */
  readonly keys: readonly PackKey[];
  /** Records of the population, by ascending sequence. */
  readonly items: Iterable<PackItem> | AsyncIterable<PackItem>;
  /** Reads nodes of the log's tree. */
  readonly readNodes: NodeReader;
  /** Signs the pack; a key of the log. */
  readonly signer: NoteSigner;
}

interface Placed {
  readonly item: PackItem;
  readonly sequence: number;
  readonly leaf: Uint8Array;
}

const blockBytesMax = 1_048_576;

/**
 * Writes an evidence pack, piece by piece. Memory holds one block: 256 records, or as many as have a mebibyte. The records
 * are taken as they come; whether they are the population is for whoever verifies.
 */
export async function* writePack(options: WritePackOptions): AsyncGenerator<string> {
  const writer = new PackWriter(options);
  yield writer.head();
  let block: Placed[] = [];
  let bytes = 0;
  for await (const item of options.items) {
    block.push(writer.place(item));
    bytes += 'record' in item ? item.record.length : 0;
    if (block.length < tileWidth && bytes < blockBytesMax) continue;
    yield await writer.block(block);
    block = [];
    bytes = 0;
  }
  if (block.length > 0) yield await writer.block(block);
  yield await writer.end();
}

class PackWriter {
  readonly #options: WritePackOptions;
  readonly #digest = new PackDigest();
  readonly #reader: RecordReader;
  readonly #size: number;
  readonly #count = { records: 0, purged: 0, disclosures: 0 };
  #next = 0;
  // Sequence up to which gaps have been covered; `#next` runs ahead by a block.
  #covered = 0;

  constructor(options: WritePackOptions) {
    const note = safeParseNote(options.checkpoint);
    const checkpoint = note === undefined ? undefined : safeParseCheckpointBody(note.text);
    if (checkpoint === undefined || checkpoint.origin !== options.manifest.origin) {
      throw new IntegrityError('malformed', 'a pack needs a signed checkpoint of its log');
    }
    this.#options = options;
    this.#size = checkpoint.size;
    this.#reader = new RecordReader(options.manifest.log_id);
  }

  head(): string {
    const { manifest, keys, checkpoint } = this.#options;
    return this.#lines([
      formatPackLine('manifest', { format: packFormat, ...manifest }),
      ...keys.map((key) => formatPackLine('key', key)),
      formatPackLine('checkpoint', checkpoint),
    ]);
  }

  place(item: PackItem): Placed {
    const placed = 'purged' in item ? placePurged(item) : this.#placeRecord(item);
    if (placed.sequence < this.#next || placed.sequence >= this.#size) {
      throw new IntegrityError(
        'out_of_range',
        `record ${placed.sequence} does not follow, or is beyond the checkpoint`,
      );
    }
    this.#next = placed.sequence + 1;
    return placed;
  }

  async block(block: readonly Placed[]): Promise<string> {
    const gaps = block.map(({ sequence }, at) => ({
      begin: at === 0 ? this.#covered : (block[at - 1]?.sequence ?? 0) + 1,
      end: sequence,
    }));
    const proofs = await this.#prove(gaps);
    this.#covered = (block.at(-1)?.sequence ?? 0) + 1;
    const hashes = new Uint8Array(block.length * hashBytes);
    block.forEach(({ leaf }, at) => {
      hashes.set(leaf, at * hashBytes);
    });
    return this.#lines([
      formatPackLine('hashes', base64OfBytes(hashes)),
      ...block.flatMap(({ item }, at) => [...(proofs[at] ?? []), ...this.#itemLines(item)]),
    ]);
  }

  async end(): Promise<string> {
    const [proof = []] = await this.#prove([{ begin: this.#covered, end: this.#size }]);
    const text = this.#lines([...proof, formatPackLine('count', this.#count)]);
    const { origin } = this.#options.manifest;
    const statement = { origin, lines: this.#digest.lines, digest: this.#digest.digest() };
    const note = await signNote(formatPackStatement(statement), [this.#options.signer]);
    return `${text}${formatPackLine('signature', note)}\n`;
  }

  /** One proof line for each gap that is not empty. */
  async #prove(gaps: readonly LeafRange[]): Promise<string[][]> {
    const parts = gaps.map((gap) => coveringSubtrees(gap, this.#size));
    const hashes = await readSubtrees(parts.flat(), this.#options.readNodes);
    return inParts(
      hashes,
      parts.map(({ length }) => length),
    ).map((nodes) => (nodes.length === 0 ? [] : [formatPackLine('proof', nodes)]));
  }

  #placeRecord(item: Extract<PackItem, { readonly record: unknown }>): Placed {
    const bytes = typeof item.record === 'string' ? new TextEncoder().encode(item.record) : item.record;
    const reading = this.#reader.read(oneLine(bytes), 0, 1);
    if (reading !== 'record' || bytes.includes(0x0a)) {
      throw new IntegrityError(
        'malformed',
        `what follows record ${this.#next - 1} is not a record of this log`,
      );
    }
    return { item, sequence: this.#reader.sequence, leaf: new Uint8Array(this.#reader.leaf()) };
  }

  #itemLines(item: PackItem): string[] {
    if ('purged' in item) {
      this.#count.purged++;
      return [formatPackLine('purged', item.purged)];
    }
    const { record, disclosures = [] } = item;
    this.#count.records++;
    this.#count.disclosures += disclosures.length;
    const text =
      typeof record === 'string' ? record : new TextDecoder('utf-8', { fatal: true }).decode(record);
    return [text, ...disclosures.map((disclosure) => formatPackLine('disclosure', disclosure))];
  }

  #lines(lines: readonly string[]): string {
    const encoder = new TextEncoder();
    for (const line of lines) this.#digest.add(oneLine(encoder.encode(line)), 0);
    return lines.map((line) => `${line}\n`).join('');
  }
}

function placePurged(item: Extract<PackItem, { readonly purged: unknown }>): Placed {
  return { item, sequence: item.purged.sequence, leaf: bytesOfHex(item.purged.event_hash) };
}
