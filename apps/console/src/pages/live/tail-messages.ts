import type { AuditRecord, TailSkipped } from '@audit/schema';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** What a stream of the log says, in its order. */
export type TailMessage =
  | { readonly kind: 'record'; readonly record: AuditRecord }
  | { readonly kind: 'skipped'; readonly skipped: TailSkipped }
  /** The log was searched up to this position; comes before what stands there. */
  | { readonly kind: 'position'; readonly position: string }
  /** The server stops. */
  | { readonly kind: 'closing' };

/** Reads the text of a stream as it comes, in pieces of any length. */
export interface TailReader {
  /** Reads a piece, and gives the messages that it completes. */
  read(piece: string): readonly TailMessage[];
}

/**
 * Creates a reader of one connection's stream.
 * @throws {SyntaxError} from `read` when the data of a message is no JSON
 */
export function createTailReader(): TailReader {
  let messages: TailMessage[] = [];
  const parser = createParser({
    onId: (position) => messages.push({ kind: 'position', position }),
    onEvent: (event) => messages.push(...messagesOf(event)),
  });
  return {
    read(piece) {
      messages = [];
      parser.feed(piece);
      return messages;
    },
  };
}

function messagesOf({ event, data }: EventSourceMessage): TailMessage[] {
  // What each event carries is said by the contract, whose server this is.
  const content: unknown = JSON.parse(data);
  if (event === undefined) return [{ kind: 'record', record: content as AuditRecord }];
  if (event === 'skipped') return [{ kind: 'skipped', skipped: content as TailSkipped }];
  return event === 'closing' ? [{ kind: 'closing' }] : [];
}
