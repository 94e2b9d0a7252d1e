import { leafHash, verifyDisclosure } from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import { LineCollector } from '../exports/line-collector.ts';
import { renderMembers } from '../output/members.ts';
import type { EventDisclosures } from './disclosure-file.ts';

/** A value that was disclosed, and whether the record vouches for it. Names are those of the JSON output. */
export interface DisclosedValue {
  readonly event_id: string;
  readonly sequence: number;
  readonly pointer: string;
  readonly value?: unknown;
  /** Why nothing vouches for it. */
  readonly failure?: string;
}

/** Looks in a file that is read for the records that values were disclosed of. */
export class DisclosedRecords {
  readonly #wanted: readonly EventDisclosures[];
  readonly #records = new Map<string, string>();
  readonly #lines = new LineCollector((line) => this.#take(line));

  constructor(wanted: readonly EventDisclosures[]) {
    this.#wanted = wanted;
  }

  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void {
    if (this.#wanted.length > 0) this.#lines.push(piece);
  }

  /** Verifies each value by its record, once the file is read. */
  verify(): readonly DisclosedValue[] {
    return this.#wanted.flatMap((wanted) => verifyValues(wanted, this.#records.get(wanted.eventHash)));
  }

  // A record is known by its hash alone; looking for its id first saves hashing every line once more.
  #take(line: string): void {
    if (!line.startsWith('{')) return;
    for (const { eventHash, eventId } of this.#wanted)
      if (line.includes(eventId) && leafHash(line) === eventHash) this.#records.set(eventHash, line);
  }
}

/** Writes values for a person. */
export function renderValues(values: readonly DisclosedValue[]): string {
  const byEvent = Map.groupBy(values, ({ event_id, sequence }) => `record ${sequence}, event ${event_id}`);
  return [...byEvent]
    .map(([record, ofRecord]) => {
      const members = ofRecord.map(({ failure, pointer, value }) => [
        `  ${pointer}`,
        failure === undefined ? JSON.stringify(value) : `not proven: ${failure}`,
      ]);
      return `\nDisclosed of ${record}:\n${renderMembers(Object.fromEntries(members))}`;
    })
    .join('');
}

/** Whether the records vouch for every value. */
export function areProven(values: readonly DisclosedValue[]): boolean {
  return values.every(({ failure }) => failure === undefined);
}

/**
 * Ends the command when a value is not proven.
 * @throws {CommandFailure} `notVerified`
 */
export function requireValues(values: readonly DisclosedValue[]): void {
  const refused = values.find(({ failure }) => failure !== undefined);
  if (refused === undefined) return;
  throw new CommandFailure('notVerified', `${refused.pointer} is not proven: ${refused.failure}`);
}

function verifyValues(
  { disclosures, eventId, sequence }: EventDisclosures,
  record: string | undefined,
): readonly DisclosedValue[] {
  return disclosures.map((disclosure) => {
    const about = { event_id: eventId, sequence, pointer: disclosure.pointer };
    if (record === undefined)
      return {
        ...about,
        failure: `record ${sequence} is not in the file as it was when the value was disclosed`,
      };
    const { failure, value } = verifyDisclosure(record, disclosure);
    return failure === undefined ? { ...about, value } : { ...about, failure: failure.message };
  });
}
