import type { TailSkipped } from '@audit/schema';
import { type RecordRow, toEventText } from '../query/record-row.ts';

/** First lines of a stream: how soon to connect again. */
export const streamOpening = 'retry: 1000\n\n';

/** Last lines of a stream that the server ends. */
export const streamClosing = 'event: closing\ndata: {}\n\n';

/** Lines that keep the connection in use and say how far the log was searched. */
export function heartbeat(position: number): string {
  return `: heartbeat\nid: ${position}\n\n`;
}

/** Writes an event that tells of positions passed over. */
export function skippedEvent(skipped: TailSkipped): string {
  return `event: skipped\nid: ${skipped.to_sequence}\ndata: ${JSON.stringify(skipped)}\n\n`;
}

/** Writes records as events in their order; neighbours that were purged are one event. */
export function recordEvents(rows: readonly RecordRow[]): string {
  const events: string[] = [];
  let purged: RecordRow[] = [];
  const flush = () => {
    if (purged.length > 0) events.push(skippedEvent(skippedAsPurged(purged)));
    purged = [];
  };
  for (const row of rows) {
    const text = toEventText(row);
    if (text === undefined) {
      purged.push(row);
      continue;
    }
    flush();
    // JSON as the server writes it has no line ends.
    events.push(`id: ${row.sequence}\ndata: ${text}\n\n`);
  }
  flush();
  return events.join('');
}

function skippedAsPurged(rows: readonly RecordRow[]): TailSkipped {
  const sequences = rows.map(({ sequence }) => Number(sequence));
  return {
    reason: 'purged',
    from_sequence: Math.min(...sequences),
    to_sequence: Math.max(...sequences),
    count: rows.length,
  };
}
