import { layout } from '../log-layout.ts';
import { type Evidence, type Finding, findingAt, type Scene } from './scene.ts';

/** Members of a record that tell when it may be purged. */
interface Members {
  readonly sequence: number;
  readonly correlation_id: string;
  readonly event_type: string;
  readonly event_timestamp: string;
  readonly received_at: string;
  readonly retention_days?: number;
  readonly event_data: { readonly hold_sequence?: number };
}

/** A line of an export that stands for a purged record. */
interface PurgedLine {
  readonly sequence: number;
  readonly by_sequence: number;
}

const millisecondsPerDay = 86_400_000;

/**
 * Holds an export that was kept from before against a new one: what was purged since must have been expired under the
 * promised period, and not held. A purge that the log tells of is believed by all others.
 */
export async function archive({ log: { lines } }: Scene, { text }: Evidence): Promise<Finding> {
  const now = text.split('\n');
  const told = new Map(now.flatMap(parseRecord).map((record) => [record.sequence, record]));
  const kept = new Map(lines.flatMap(parseRecord).map((record) => [record.sequence, record]));
  for (const { sequence, by_sequence } of now.flatMap(parsePurged)) {
    const record = kept.get(sequence);
    if (record === undefined) continue;
    const purge = told.get(by_sequence);
    if (purge === undefined || expiryOf(record) > Date.parse(purge.received_at))
      return findingAt('purged_early', sequence);
    if (isHeld(record, [...told.values()], by_sequence)) return findingAt('purged_despite_hold', sequence);
  }
  return undefined;
}

function expiryOf({ event_timestamp, received_at, retention_days = layout.promisedDays }: Members): number {
  return Math.max(Date.parse(event_timestamp), Date.parse(received_at)) + retention_days * millisecondsPerDay;
}

function isHeld({ correlation_id }: Members, told: readonly Members[], by: number): boolean {
  const before = told.filter(({ sequence }) => sequence < by);
  const released = before
    .filter(({ event_type }) => event_type === 'datastorage.legal_hold.released')
    .map(({ event_data }) => event_data.hold_sequence);
  return before.some(
    (event) =>
      event.event_type === 'datastorage.legal_hold.placed' &&
      event.correlation_id === correlation_id &&
      !released.includes(event.sequence),
  );
}

const purgedMark = '#purged ';

// What is no line of an export is found by those who verify it.
function parseRecord(line: string): Members[] {
  try {
    return line.startsWith('{"') ? [JSON.parse(line) as Members] : [];
  } catch {
    return [];
  }
}

function parsePurged(line: string): PurgedLine[] {
  return line.startsWith(purgedMark) ? [JSON.parse(line.slice(purgedMark.length)) as PurgedLine] : [];
}
