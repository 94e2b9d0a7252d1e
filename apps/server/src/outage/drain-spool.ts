import type { DeathCause, Spool, SpoolEntry } from '@audit/spool';
import type { PreparedEvent } from '../record/prepare-event.ts';
import { isPassingError } from '../store/store-errors.ts';
import { buryDead, type ReadEntry, type Verdict } from './bury-dead.ts';
import type { StoreWrite } from './intake.ts';
import type { SettledEntry } from './spool-observer.ts';
import { readSpoolEntry } from './spooled-request.ts';

/** Options of {@link drainSpool}. */
export interface DrainOptions {
  readonly spool: Spool;
  readonly write: StoreWrite;
  /** Whether nobody else writes meanwhile. Transactions then overlap, and order is kept all the same. */
  readonly isAlone: boolean;
  /** Called before each look at the spool; the draining ends when it says no. */
  readonly mayGoOn: () => boolean;
  /** Told about each accepted event, or unreadable entry, that can never be stored. */
  readonly onDead: (key: string, cause: DeathCause) => void;
  /** Told the sequence of each entry that gets a copy of an event which can never be stored. */
  readonly onCopied?: (sequence: number) => void;
  /** Told about each entry that has left the spool. */
  readonly onSettled?: (entry: SettledEntry) => void;
}

const peekLimits = { entriesMax: 8_000, bytesMax: 8 * 1_048_576 };

/** Of one transaction: large, because nobody waits for it, and read in one go. */
const chunkLimits = { entriesMax: 2_000, bytesMax: 1_048_576 };

/**
 * Stores what waits in a spool, first in, first out. An entry leaves the spool after the commit; a crash in between
 * repeats it, and the store knows its events by their ids. Events that can never be stored become dead letters.
 * @throws {Error} when the database or the spool fails; what was not stored still waits
 */
export async function drainSpool(options: DrainOptions): Promise<void> {
  const { spool, mayGoOn } = options;
  while (mayGoOn()) {
    const end = spool.statistics().nextSequence;
    const entries = await spool.peek(peekLimits);
    if (entries.length > 0) await storeEntries(entries, options);
    else if (spool.statistics().nextSequence === end) return;
  }
}

/** Entries whose events are being stored. */
interface Underway {
  readonly read: readonly ReadEntry[];
  readonly verdicts: Promise<readonly Verdict[]>;
}

// While one transaction is with the database, the entries of the next are read and its records are written.
async function storeEntries(entries: readonly SpoolEntry[], options: DrainOptions): Promise<void> {
  const underway: Underway[] = [];
  try {
    for (const chunk of chunksOf(entries)) {
      const read = chunk.map(readEntry);
      const events = read.flatMap((each) => each.events);
      const verdicts = storeEvents(events, options.write, underway.length > 0);
      // Looked at when those before it have ended; a failure that nobody looks at yet would end the process.
      verdicts.catch(() => {});
      underway.push({ read, verdicts });
      if (underway.length > (options.isAlone ? 1 : 0)) await settle(underway.shift(), options);
    }
    while (underway.length > 0) await settle(underway.shift(), options);
  } finally {
    // After a failure: what follows it is not stored either, but it has to have ended.
    await Promise.allSettled(underway.map(({ verdicts }) => verdicts));
  }
}

function* chunksOf(entries: readonly SpoolEntry[]): Generator<SpoolEntry[]> {
  let chunk: SpoolEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += entry.payload.length;
    const isFull = chunk.length === chunkLimits.entriesMax || bytes > chunkLimits.bytesMax;
    if (isFull && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = entry.payload.length;
    }
    chunk.push(entry);
  }
  yield chunk;
}

async function settle(underway: Underway | undefined, options: DrainOptions): Promise<void> {
  if (underway === undefined) return;
  const verdicts = await underway.verdicts;
  const stored: ReadEntry[] = [];
  let position = 0;
  for (const each of underway.read) {
    const ofEntry = verdicts.slice(position, position + each.events.length);
    position += each.events.length;
    if (each.cause === undefined && ofEntry.every((verdict) => verdict === undefined)) {
      stored.push(each);
      continue;
    }
    const buried = await buryDead(each, ofEntry, options);
    options.onSettled?.(buried);
  }
  options.spool.acknowledge(stored.map(({ entry }) => entry));
  for (const { entry, events } of stored) {
    options.onSettled?.({ sequence: entry.sequence, drained: events.length, dead: 0, movedTo: [] });
  }
}

function readEntry(entry: SpoolEntry): ReadEntry {
  try {
    return { entry, events: readSpoolEntry(entry) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { entry, events: [], cause: { reason: 'unreadable', detail } };
  }
}

// Each event is a submission of its own: one that cannot be stored does not take the others of its request with it.
async function storeEvents(
  events: readonly PreparedEvent[],
  write: StoreWrite,
  isSequel: boolean,
): Promise<readonly Verdict[]> {
  if (events.length === 0) return [];
  const submissions = events.map((event) => [event]);
  try {
    const results = await write(submissions, { isSequel });
    return results.map((result) => (result.outcome === 'conflict' ? conflict : undefined));
  } catch (error) {
    if (isPassingError(error)) throw error;
    if (events.length === 1) return [unstorable(error)];
  }
  const verdicts: Verdict[] = [];
  for (const event of events) verdicts.push(...(await storeEvents([event], write, false)));
  return verdicts;
}

const conflict: DeathCause = {
  reason: 'conflict',
  detail: 'the event id is stored already with other content',
};

function unstorable(error: unknown): DeathCause {
  return { reason: 'unstorable', detail: error instanceof Error ? error.message : String(error) };
}
