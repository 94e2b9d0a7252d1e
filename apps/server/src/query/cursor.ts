import type { QueryOrder } from './record-query.ts';

/** Writes where a page ended; readers pass it back as it is. */
export function writeCursor(order: QueryOrder, sequence: number): string {
  return `${order}-${sequence}`;
}

/** Reads a cursor; undefined when it is none, or one of the other order. */
export function readCursor(cursor: string, order: QueryOrder): number | undefined {
  const match = /^(asc|desc)-(\d{1,15})$/.exec(cursor);
  return match?.[1] === order ? Number(match[2]) : undefined;
}
