import { type AuditRecord, displayText, type EventOutcome } from '@audit/schema';
import { eventNews } from '@audit/trail';

/** One event as a person reads it; every text is safe to print. */
export interface TimelineRow {
  /** Time since the first event. */
  readonly offset: string;
  /** Time of day in UTC. */
  readonly time: string;
  readonly event: string;
  readonly outcome: EventOutcome;
  readonly sequence: string;
  /** The first twelve digits of the record's hash. */
  readonly hash: string;
  /** Whether the record names the hash of the one before it. */
  readonly isLinked: boolean;
  /** What the event tells that none before it did. */
  readonly news: string;
}

/** Turns the records of one correlation, in the order of the log, into rows. */
export function toTimelineRows(records: readonly AuditRecord[]): readonly TimelineRow[] {
  const startMs = Date.parse(records[0]?.event_timestamp ?? '');
  const news = eventNews(records);
  return records.map((record, index) =>
    toRow(record, { startMs, previous: records[index - 1], news: news[index] ?? [] }),
  );
}

interface RowContext {
  readonly startMs: number;
  readonly previous: AuditRecord | undefined;
  readonly news: readonly string[];
}

// A story fits on a screen when nobody tells it at length.
const newsCharsMax = 80;

function toRow(record: AuditRecord, { startMs, previous, news }: RowContext): TimelineRow {
  const timeMs = Date.parse(record.event_timestamp);
  return {
    offset: offsetText(timeMs - startMs),
    time: Number.isNaN(timeMs) ? '?' : new Date(timeMs).toISOString().slice(11, 23),
    event: displayText(record.event_type),
    outcome: record.event_outcome,
    sequence: String(record.sequence),
    hash: displayText(record.event_hash.slice(0, 12)),
    isLinked: record.previous_event_hash === (previous?.event_hash ?? ''),
    news: news.map((text) => displayText(text, newsCharsMax)).join(' · '),
  };
}

function offsetText(offsetMs: number): string {
  if (Number.isNaN(offsetMs)) return '?';
  const sign = offsetMs < 0 ? '-' : '+';
  const tenths = Math.round(Math.abs(offsetMs) / 100);
  if (tenths < 600) return `${sign}${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.trunc(tenths / 10);
  return `${sign}${Math.trunc(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
}
