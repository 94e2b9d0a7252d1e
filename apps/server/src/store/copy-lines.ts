const newline = 0x0a;
// Signature, flags, and the length of an extension that is always empty.
const headerBytes = 19;
// Number of columns, then the length of the only one.
const rowHeadBytes = 6;

/** Lines, and how many they are. */
export interface CopiedLines {
  readonly bytes: Buffer;
  readonly count: number;
}

/**
 * Turns rows of one text column in COPY binary format, none of them null, into lines, in place: the bytes are
 * those that the database has, never decoded.
 */
export function linesOfCopy(rows: Buffer): CopiedLines {
  let end = 0;
  let count = 0;
  let at = headerBytes;
  // The last row has -1 columns.
  while (rows.readInt16BE(at) === 1) {
    const begin = at + rowHeadBytes;
    at = begin + rows.readInt32BE(begin - 4);
    // A line is shorter than its row: what is not read yet is never written over.
    end += rows.copy(rows, end, begin, at);
    rows[end++] = newline;
    count++;
  }
  return { bytes: rows.subarray(0, end), count };
}
