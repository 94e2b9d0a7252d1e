import type { PreparedEvent } from '../record/prepare-event.ts';
import type { AuditRecordText, RecordPlace } from '../record/record.ts';
import type { CopyRows } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { CopyBuffer } from './copy-buffer.ts';
import { contentsRow, disclosureRow, leafRow } from './copy-text.ts';

const queries = {
  leaves: readQuery('copy-leaves'),
  contents: readQuery('copy-contents'),
  disclosures: readQuery('copy-disclosures'),
};

/** The rows of one commit. Its room is used again for a later one: fresh memory for all that comes is memory to collect. */
export class CommitRows {
  readonly #leaves = new CopyBuffer();
  readonly #contents = new CopyBuffer();
  readonly #disclosures = new CopyBuffer();

  /** The rows so far, of tables that have some; valid until the next one is added. */
  get copies(): CopyRows[] {
    // Leaves first: the database obeys an event of the server when its contents come, and needs its place.
    return [
      { into: queries.leaves, rows: this.#leaves.rows },
      { into: queries.contents, rows: this.#contents.rows },
      { into: queries.disclosures, rows: this.#disclosures.rows },
    ].filter(({ rows }) => rows.length > 0);
  }

  add(event: PreparedEvent, record: AuditRecordText, place: RecordPlace): void {
    this.#leaves.add(leafRow(event, record, place));
    this.#contents.add(contentsRow(event, record, place));
    for (const disclosure of event.disclosures) this.#disclosures.add(disclosureRow(disclosure, place));
  }

  clear(): void {
    for (const buffer of [this.#leaves, this.#contents, this.#disclosures]) buffer.clear();
  }
}
