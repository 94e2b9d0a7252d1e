import type { Database } from '../store/database.ts';
import { examinedConditions, indexedConditions, searchedIn } from './filter-conditions.ts';
import type { RecordQuery } from './record-query.ts';
import { type RecordRow, recordColumns } from './record-row.ts';

/** What one statement may cost, however rare the records are that it looks for. */
export interface ScanBounds {
  /** Matches are counted up to this number. */
  readonly totalMax: number;
  /** Records whose members are compared where no index does it. */
  readonly examinedMax: number;
}

/** Where the examining of records ends. */
export interface ScanEnd {
  /** Whether it ends at the bound, so that there can be records behind it. */
  readonly isBounded: boolean;
  /** Sequence of the last record examined. */
  readonly last: number;
}

/** The statements of one query: all of them look at the same records, in the same order, up to the same bound. */
export class RecordScan {
  readonly #database: Database;
  readonly #logId: string;
  readonly #query: RecordQuery;
  readonly #bounds: ScanBounds;

  constructor(database: Database, logId: string, query: RecordQuery, bounds: ScanBounds) {
    this.#database = database;
    this.#logId = logId;
    this.#query = query;
    this.#bounds = bounds;
  }

  /** Reads the records of the page, and one more when there is one. */
  page(): Promise<RecordRow[]> {
    const { limit, offset, order, after } = this.#query;
    const parameters: unknown[] = [];
    const matching = this.#matching(after, parameters);
    // Found first and read then: leaves and disclosures are looked up for the rows of the page alone.
    return this.#database.query<RecordRow>(
      `select ${recordColumns}
       from (
         select log_id, sequence from ${matching} order by sequence ${order}
         limit $${parameters.push(limit + 1)} offset $${parameters.push(offset)}
       ) as found
       cross join lateral (
         select * from audit.records
         where records.log_id = found.log_id and records.sequence = found.sequence
         offset 0
       ) as records
       order by records.sequence ${order}`,
      parameters,
    );
  }

  /** Counts the matches on all pages, up to one more than is ever told. */
  async count(): Promise<number> {
    const parameters: unknown[] = [];
    const matching = this.#matching(undefined, parameters);
    const [row] = await this.#database.query<{ matches: number }>(
      `select count(*)::integer as matches
       from (select from ${matching} limit ${this.#bounds.totalMax + 1}) as counted`,
      parameters,
    );
    return row?.matches ?? 0;
  }

  /** Tells where examining ends that begins behind a position, or with the first record. */
  async end(after: number | undefined): Promise<ScanEnd> {
    if (examinedConditions(this.#query, []).length === 0) return { isBounded: false, last: 0 };
    const parameters: unknown[] = [];
    const scanned = this.#scanned('sequence', after, parameters);
    const [row] = await this.#database.query<{ examined: number; last: string | null }>(
      `select count(*)::integer as examined, ${this.#query.order === 'asc' ? 'max' : 'min'}(sequence)::text as last
       from ${scanned}`,
      parameters,
    );
    return { isBounded: row?.examined === this.#bounds.examinedMax, last: Number(row?.last ?? 0) };
  }

  #matching(after: number | undefined, parameters: unknown[]): string {
    const scanned = this.#scanned('*', after, parameters);
    const examined = examinedConditions(this.#query, parameters);
    return examined.length === 0 ? scanned : `${scanned} where ${examined.join(' and ')}`;
  }

  // The limit keeps PostgreSQL from moving the conditions of examining into it: they see no more records than that.
  #scanned(columns: string, after: number | undefined, parameters: unknown[]): string {
    const { order } = this.#query;
    const conditions = [...indexedConditions(this.#logId, this.#query, parameters), 'record is not null'];
    if (after !== undefined) {
      conditions.push(`sequence ${order === 'asc' ? '>' : '<'} $${parameters.push(after)}`);
    }
    const isExamined = examinedConditions(this.#query, []).length > 0;
    const bound = isExamined ? `order by sequence ${order} limit ${this.#bounds.examinedMax}` : '';
    return `(select ${columns} from ${searchedIn(this.#query)} where ${conditions.join(' and ')} ${bound}) as records`;
  }
}
