import { CorrelationHeads } from './correlation-heads.ts';
import { hashDigits } from './hashing.ts';
import { hexOfBytes } from './hex.ts';
import { linesMax } from './lines.ts';
import type { RecordReader } from './record-reader.ts';

/** Whether a record follows the one before it in its correlation; `unknown` when that one is not at hand. */
export type Link = 'follows' | 'broken' | 'unknown';

/** The chains of a stretch of records: each record names the hash of the one before it in its correlation. */
export interface RecordChains {
  /** Looks up what {@link follow} needs of records that were read. */
  readonly prepare: (records: RecordReader) => void;
  /** Takes the next record. */
  readonly follow: (record: RecordReader) => Link;
  /** Takes a record of which only the hash is left. */
  readonly purged: (hash: string) => void;
}

/** Limits of {@link createLogChains}. */
export interface LogChainOptions {
  /** Whether the records begin with the log, so that every correlation begins within them. */
  readonly isWhole: boolean;
  /** Correlations to keep in mind, some 110 bytes each; links of further ones are `unknown`. */
  readonly correlationsMax: number;
  /** Heads to go on from. */
  readonly heads?: CorrelationHeads;
  /** Hashes of purged records to go on from: those that no later record has named. */
  readonly purged?: Set<string>;
}

/** Follows all chains of a log at the same time. */
export function createLogChains(
  options: LogChainOptions,
): RecordChains & { readonly heads: CorrelationHeads } {
  const { isWhole, correlationsMax, heads = new CorrelationHeads() } = options;
  // Nobody can tell which correlation a purged record was of, so a link to any of them is accepted.
  const { purged = new Set<string>() } = options;
  const firstLink = (record: RecordReader): Link => {
    if (record.previousBegin < 0 || takePurged(record, purged)) return 'follows';
    if (record.previousHash() === undefined) return 'broken';
    return isWhole && heads.size < correlationsMax ? 'broken' : 'unknown';
  };
  const entries = new Int32Array(linesMax);
  return {
    heads,
    prepare: ({ view, correlationBegins, correlationEnds, count }) =>
      heads.findAll(view, correlationBegins, correlationEnds, entries, count),
    follow: (record) => {
      const { view, correlationBegin, correlationEnd, previousBegin, leafDigits, at } = record;
      const found = entries[at] ?? -1;
      // A correlation may have begun with a record that was read together with this one.
      const entry = found < 0 ? heads.find(view, correlationBegin, correlationEnd) : found;
      if (entry < 0) {
        const link = firstLink(record);
        if (heads.size < correlationsMax)
          heads.setHead(heads.add(view, correlationBegin, correlationEnd), leafDigits, at * hashDigits);
        return link;
      }
      const isNext = previousBegin >= 0 && heads.isHead(entry, view, previousBegin);
      if (!isNext && !takePurged(record, purged)) return 'broken';
      heads.setHead(entry, leafDigits, at * hashDigits);
      return 'follows';
    },
    purged: (hash) => void purged.add(hash),
  };
}

/** Follows the chain of records that are all of one correlation. */
export function createSingleChain(): RecordChains {
  let head: string | undefined;
  return {
    prepare: () => undefined,
    follow: (record) => {
      const follows = record.previousHash() === (head ?? '');
      head = hexOfBytes(record.leaf());
      return follows ? 'follows' : 'broken';
    },
    purged: (hash) => {
      head = hash;
    },
  };
}

/** For records between which others are left out. */
export function createNoChain(): RecordChains {
  return {
    prepare: () => undefined,
    follow: (record) => (record.previousHash() === undefined ? 'broken' : 'unknown'),
    purged: () => undefined,
  };
}

function takePurged(record: RecordReader, purged: Set<string>): boolean {
  return purged.size > 0 && purged.delete(record.previousHash() ?? '');
}
