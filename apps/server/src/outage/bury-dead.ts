import type { DeathCause, Spool, SpoolEntry } from '@audit/spool';
import type { PreparedEvent } from '../record/prepare-event.ts';
import type { SettledEntry } from './spool-observer.ts';
import { toSpoolInput } from './spooled-request.ts';

/** An entry, and what is known of its events. */
export interface ReadEntry {
  readonly entry: SpoolEntry;
  readonly events: readonly PreparedEvent[];
  /** Why the entry itself is of no use. */
  readonly cause?: DeathCause;
}

/** Why an event can never be stored; undefined when it is. */
export type Verdict = DeathCause | undefined;

/** Options of {@link buryDead}. */
export interface BurialOptions {
  readonly spool: Spool;
  readonly onDead: (key: string, cause: DeathCause) => void;
  /** Told the sequence of each entry that gets a copy of a dead event. */
  readonly onCopied?: (sequence: number) => void;
}

/** Keeps what can never be stored of an entry, and removes the entry. */
export async function buryDead(
  { entry, events, cause }: ReadEntry,
  verdicts: readonly Verdict[],
  options: BurialOptions,
): Promise<SettledEntry> {
  const { spool, onDead } = options;
  const first = cause ?? verdicts.find((verdict) => verdict !== undefined);
  if (first === undefined) throw new TypeError('an entry of which nothing is dead cannot be buried');
  const { sequence } = entry;
  const dead = events.filter((_event, index) => verdicts[index] !== undefined);
  const drained = events.length - dead.length;
  const movedTo = events.length > 1 ? await spoolAlone(dead, options) : undefined;
  if (movedTo !== undefined) {
    spool.acknowledge([entry]);
    return { sequence, drained, dead: 0, movedTo };
  }
  const names = events.length > 1 ? dead.map(({ eventId }) => eventId).join(', ') : entry.key;
  await spool.bury(entry, events.length > 1 ? { ...first, detail: `${first.detail}: ${names}` } : first);
  onDead(names, first);
  // How many events an entry has that cannot be read, nobody knows.
  return { sequence, drained, dead: Math.max(1, dead.length), movedTo: [] };
}

/**
 * Gives events entries of their own: a dead letter should hold the dead event only. They are found to be dead once more.
 * @returns the sequences of these entries; undefined when the spool has no room for them
 */
async function spoolAlone(
  events: readonly PreparedEvent[],
  { spool, onCopied }: BurialOptions,
): Promise<readonly number[] | undefined> {
  const sequences: number[] = [];
  for (const event of events) {
    const outcome = spool.append(toSpoolInput([event]));
    if (outcome.status === 'refused') return undefined;
    onCopied?.(outcome.sequence);
    sequences.push(outcome.sequence);
  }
  await spool.sync();
  return sequences;
}
