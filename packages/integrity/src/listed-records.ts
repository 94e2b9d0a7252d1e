import { LineSplitter } from './line-splitter.ts';
import { lineAt } from './lines.ts';

/** What a person recognises a record by. Members that are missing or no text are absent; names are those of the record. */
export interface ListedRecord {
  /** Position in the log. */
  readonly sequence: number;
  readonly event_id?: string;
  readonly event_type?: string;
  readonly correlation_id?: string;
  readonly event_timestamp?: string;
  readonly event_outcome?: string;
  /** Whether only its place is left. */
  readonly is_purged: boolean;
}

const names = ['event_id', 'event_type', 'correlation_id', 'event_timestamp', 'event_outcome'] as const;
const purgedWord = '#purged ';
const lineBytesMax = 4_194_304;

/** Lists the records of a pack or an export that is read. It verifies nothing: a line it cannot read is left out. */
export class ListedRecords {
  readonly found: ListedRecord[] = [];
  readonly #decoder = new TextDecoder();
  readonly #lines = new LineSplitter((lines) => {
    for (let at = 0; at < lines.count; at++) this.#take(this.#decoder.decode(lineAt(lines, at)));
    return this.found.length < this.#recordsMax;
  }, lineBytesMax);
  readonly #recordsMax: number;

  /** @param recordsMax most records to list; default all */
  constructor(recordsMax: number = Number.POSITIVE_INFINITY) {
    this.#recordsMax = recordsMax;
  }

  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void {
    if (this.found.length < this.#recordsMax) this.#lines.push(piece);
  }

  #take(line: string): void {
    const isPurged = line.startsWith(purgedWord);
    if (this.found.length >= this.#recordsMax || !(isPurged || line.startsWith('{'))) return;
    const record = safeParseMembers(isPurged ? line.slice(purgedWord.length) : line);
    const { sequence } = record;
    if (typeof sequence !== 'number') return;
    const texts = names.flatMap((name) => (typeof record[name] === 'string' ? [[name, record[name]]] : []));
    this.found.push({ sequence, ...Object.fromEntries(texts), is_purged: isPurged });
  }
}

function safeParseMembers(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Whether a line that is no record is a fault is for whoever verifies to say.
    return {};
  }
}
