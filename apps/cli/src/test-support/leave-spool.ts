import { type FileSpool, openFileSpool } from '@audit/spool';

/** What a producer left in its spool. */
export interface SpoolContent {
  /** Texts that wait. */
  readonly waiting?: readonly string[];
  /** Texts that a server refused, as `invalid`. */
  readonly dead?: readonly string[];
  /** Milliseconds since 1970 of every append and death. */
  readonly nowMs?: number;
}

/** Makes a spool as a producer leaves it that ends, and returns its directory. */
export async function leaveSpool(directory: string, content: SpoolContent): Promise<string> {
  await (await fillSpool(directory, content)).close();
  return directory;
}

/** Makes a spool that a producer holds until it is disposed of. */
export async function holdSpool(
  directory: string,
  content: SpoolContent = {},
): Promise<FileSpool & AsyncDisposable> {
  const spool = await fillSpool(directory, content);
  return Object.assign(spool, { [Symbol.asyncDispose]: () => spool.close() });
}

async function fillSpool(directory: string, content: SpoolContent): Promise<FileSpool> {
  const { waiting = [], dead = [], nowMs = Date.now() } = content;
  const spool = openFileSpool({ directory, now: () => nowMs });
  const append = (text: string, index: number) =>
    spool.append({ key: eventIdOf(text) ?? `entry-${index}`, text });
  dead.forEach(append);
  const entries = await spool.peek({ entriesMax: 1_000, bytesMax: Number.MAX_SAFE_INTEGER });
  for (const entry of entries) await spool.bury(entry, { reason: 'invalid', detail: refusal });
  waiting.forEach(append);
  return spool;
}

/** What the server is said to have answered for every dead letter of {@link leaveSpool}. */
export const refusal = '/event_data/new_phase: expected one of the phases, received "Guessing"';

function eventIdOf(text: string): string | undefined {
  return /"event_id":"([^"]*)"/.exec(text)?.[1];
}
