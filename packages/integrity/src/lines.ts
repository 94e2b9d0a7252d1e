const openingBrace = 0x7b;

/** Lines that are taken together: enough to do one thing after the other for all of them, and still few enough for the cache. */
export const linesMax = 64;

/**
 * Neighbouring lines of a file: each is from the byte after a newline up to, not including, the next one. So there is a byte
 * before each line, which may be overwritten for the moment.
 */
export interface Lines {
  readonly bytes: Uint8Array;
  /** Where the newline before the first line is, and the one after each; `count + 1` positions, others mean nothing. */
  readonly newlines: Int32Array;
  /** At most {@link linesMax}. */
  readonly count: number;
}

/** Where a line begins. */
export function beginOf({ newlines }: Lines, at: number): number {
  return (newlines[at] ?? 0) + 1;
}

/** Where a line ends: the position of its newline. */
export function endOf({ newlines }: Lines, at: number): number {
  return newlines[at + 1] ?? 0;
}

/** The bytes of a line, without its newline. */
export function lineAt(lines: Lines, at: number): Uint8Array {
  return lines.bytes.subarray(beginOf(lines, at), endOf(lines, at));
}

/** The first line from `at` on that is no record by its first byte, or the number of lines. */
export function endOfRecords(lines: Lines, at: number): number {
  let end = at;
  while (end < lines.count && lines.bytes[beginOf(lines, end)] === openingBrace) end++;
  return end;
}

/** One line, copied. */
export function oneLine(line: Uint8Array): Lines {
  const bytes = new Uint8Array(line.length + 1);
  bytes.set(line, 1);
  return { bytes, newlines: Int32Array.of(0, bytes.length), count: 1 };
}
