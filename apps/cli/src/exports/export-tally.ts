/** What has come of an export. */
export interface ExportTally {
  bytes: number;
  /** Line feeds, which are records in JSON Lines. */
  lines: number;
}

const newline = 0x0a;

/** Passes pieces on and counts them. */
export async function* tallied(
  pieces: AsyncIterable<Uint8Array>,
  tally: ExportTally,
  onProgress: (tally: ExportTally) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    tally.bytes += piece.length;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) tally.lines++;
    onProgress(tally);
    yield piece;
  }
}
