import type { AuditRecord, TailSkipped } from '@audit/schema';
import { type Connection, positionAfter } from './follow-log.ts';
import type { TailMessage } from './tail-messages.ts';

/** Most rows that the page keeps. */
export const rowsMax = 500;

/** What the page shows of the stream. */
export interface LiveLog {
  /** The newest records, the newest first; at most {@link rowsMax}. */
  readonly rows: readonly AuditRecord[];
  /** Records that came while the page was open. */
  readonly received: number;
  /** What the server passed over since, in its words. */
  readonly skips: readonly TailSkipped[];
  /** Position behind which the next row is. */
  readonly position: string;
  /** Whether rows stay as they are; `held` is the number of records that came since. */
  readonly isPaused: boolean;
  readonly held: number;
  readonly connection: Connection;
}

/** What changes it. */
export type LiveChange =
  | { readonly kind: 'messages'; readonly messages: readonly TailMessage[] }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

/** The page as it is opened: with the newest records there are, oldest last, and the position to go on behind. */
export function openLiveLog(rows: readonly AuditRecord[], position: string): LiveLog {
  const connection = { kind: 'connecting' } as const;
  return { rows, received: 0, skips: [], position, isPaused: false, held: 0, connection };
}

/**
 * Changes what is shown. While it is paused, records are counted and dropped, and the position stays: the stream is then opened
 * there again, and the server gives them once more, or says what it skips.
 */
export function changeLiveLog(log: LiveLog, change: LiveChange): LiveLog {
  switch (change.kind) {
    case 'messages':
      return log.isPaused ? countHeld(log, change.messages) : addRows(log, change.messages);
    case 'connection':
      return { ...log, connection: change.connection };
    case 'pause':
      return { ...log, isPaused: true, held: 0 };
    case 'resume':
      return { ...log, isPaused: false, held: 0 };
  }
}

function countHeld(log: LiveLog, messages: readonly TailMessage[]): LiveLog {
  const records = messages.filter(({ kind }) => kind === 'record').length;
  return records === 0 ? log : { ...log, held: log.held + records };
}

function addRows(log: LiveLog, messages: readonly TailMessage[]): LiveLog {
  const position = positionAfter(messages, log.position);
  const added = messages.flatMap((message) => (message.kind === 'record' ? [message.record] : []));
  const skips = messages.flatMap((message) => (message.kind === 'skipped' ? [message.skipped] : []));
  if (added.length === 0 && skips.length === 0) return position === log.position ? log : { ...log, position };
  return {
    ...log,
    position,
    rows: [...added.toReversed(), ...log.rows].slice(0, rowsMax),
    received: log.received + added.length,
    skips: [...log.skips, ...skips],
  };
}
