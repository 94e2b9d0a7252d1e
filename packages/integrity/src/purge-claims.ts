import { safeParseRecord } from './parse-record.ts';
import type { PurgedRecord } from './purged-record.ts';
import type { RecordReader } from './record-reader.ts';
import { type Failure, failureAt } from './report.ts';

/** Records, one after the other, that name the same event as their purge. */
interface ClaimedRange {
  readonly first: number;
  last: number;
}

const purgeType = 'datastorage.retention.purged';

/**
 * What purged records claim of themselves: that a later event of the log purged them. Whoever owns the store can empty a
 * record and leave its hash; he cannot write the event that names it. Memory grows with the ranges, not with the records.
 */
export class PurgeClaims {
  readonly #claims = new Map<number, ClaimedRange[]>();

  /** Takes the claim of a purged record. */
  add({ sequence, by_sequence: by }: PurgedRecord): Failure | undefined {
    if (by <= sequence) return unfounded(sequence, by, 'does not come after it');
    const ranges = this.#claims.get(by) ?? [];
    const last = ranges.at(-1);
    if (last?.last === sequence - 1) last.last = sequence;
    else ranges.push({ first: sequence, last: sequence });
    this.#claims.set(by, ranges);
    return undefined;
  }

  /** Takes the record of a reader: if it is claimed to be a purge, it must be one, and name all that claim it. */
  take(reader: RecordReader): Failure | undefined {
    if (this.#claims.size === 0) return undefined;
    const { sequence } = reader;
    const claimed = this.#claims.get(sequence);
    if (claimed === undefined) return undefined;
    this.#claims.delete(sequence);
    const named = rangesOf(reader.line());
    const [other] = claimed.flatMap((range) => firstUnnamed(range, named) ?? []);
    return other === undefined ? undefined : unfounded(other, sequence, 'is no purge that names it');
  }

  /** Says that every record below a position was read: the first claim whose event is none of them. */
  end(next: number): Failure | undefined {
    const [first] = [...this.#claims]
      .filter(([by]) => by < next)
      .flatMap(([by, [range]]) => (range === undefined ? [] : [{ by, sequence: range.first }]))
      .toSorted((one, other) => one.sequence - other.sequence);
    return first === undefined
      ? undefined
      : unfounded(first.sequence, first.by, 'is not there to tell of it');
  }
}

/** What a purge names; nothing when the record is none. */
function rangesOf(record: Uint8Array): ClaimedRange[] {
  const { event_type: type, event_data: data } = safeParseRecord(record)?.members ?? {};
  const ranges: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'ranges') : undefined;
  if (type !== purgeType || !Array.isArray(ranges)) return [];
  return ranges.flatMap((range: unknown) => {
    const { first_sequence: first, last_sequence: last } = Object(range) as Readonly<Record<string, unknown>>;
    return typeof first === 'number' && typeof last === 'number' ? [{ first, last }] : [];
  });
}

/** Records that claim one purge and follow each other may be named by several of its ranges. */
function firstUnnamed({ first, last }: ClaimedRange, named: readonly ClaimedRange[]): number | undefined {
  let next = first;
  for (const range of named.toSorted((one, other) => one.first - other.first)) {
    if (range.first <= next) next = Math.max(next, range.last + 1);
  }
  return next <= last ? next : undefined;
}

function unfounded(sequence: number, by: number, why: string): Failure {
  const message = `record ${sequence} is said to be purged by record ${by}, which ${why}`;
  return failureAt('purge_unfounded', message, { sequence });
}
