import { type RecordSummary, summariseRecord } from '../event-summary.ts';
import { LineCollector } from './line-collector.ts';

/** What a person sees of a record in a list. Of a purged one only its place is left. */
export interface ListedRecord extends RecordSummary {
  readonly is_purged: boolean;
}

const purgedWord = '#purged ';

/** Lists the records of a pack or an export that is read. */
export class ListedRecords {
  readonly found: ListedRecord[] = [];
  readonly #lines = new LineCollector((line) => this.#take(line));

  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  #take(line: string): void {
    const isPurged = line.startsWith(purgedWord);
    if (!isPurged && !line.startsWith('{')) return;
    const record = summariseRecord(isPurged ? line.slice(purgedWord.length) : line);
    // Whether a line that is left out here is a fault is for whoever verifies to say.
    if (record !== undefined) this.found.push({ ...record, is_purged: isPurged });
  }
}
