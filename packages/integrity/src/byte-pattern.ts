/**
 * A text that is looked for at a known position. It is compared four bytes at a time, which is what makes reading a record
 * cheap beside hashing it.
 */
export interface BytePattern {
  readonly length: number;
  readonly words: Int32Array;
  /** Of the last four bytes, which may overlap the words. */
  readonly last: number;
}

const wordBytes = 4;

/** Makes a pattern of a text of four bytes or more. */
export function createBytePattern(text: string): BytePattern {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from({ length: Math.floor(bytes.length / wordBytes) }, (_, at) =>
    view.getInt32(at * wordBytes, true),
  );
  return { length: bytes.length, words, last: view.getInt32(bytes.length - wordBytes, true) };
}

/** Tells whether the pattern stands at a position, which must be within the view with all its bytes. */
export function isPatternAt(view: DataView, at: number, { words, last, length }: BytePattern): boolean {
  for (let word = 0; word < words.length; word++) {
    if (view.getInt32(at + word * wordBytes, true) !== words[word]) return false;
  }
  return view.getInt32(at + length - wordBytes, true) === last;
}
