/**
 * A text that is looked for at a known position. It is compared eight bytes at a time, which is what makes reading a record
 * cheap beside hashing it: numbers of eight bytes are equal when their bytes are, unless they are zero or no number, and
 * text is neither. A text that is no ASCII may be one, and then is found nowhere.
 */
export interface BytePattern {
  readonly length: number;
  readonly words: Float64Array;
  /** Of the last eight bytes, which may overlap the words. */
  readonly last: number;
}

const wordBytes = 8;

/** Makes a pattern of a text of eight bytes or more. */
export function createBytePattern(text: string): BytePattern {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const words = Float64Array.from({ length: Math.floor(bytes.length / wordBytes) }, (_, at) =>
    view.getFloat64(at * wordBytes, true),
  );
  return { length: bytes.length, words, last: view.getFloat64(bytes.length - wordBytes, true) };
}

/** Tells whether the pattern stands at a position, which must be within the view with all its bytes. */
export function isPatternAt(view: DataView, at: number, { words, last, length }: BytePattern): boolean {
  for (let word = 0; word < words.length; word++) {
    if (view.getFloat64(at + word * wordBytes, true) !== words[word]) return false;
  }
  return view.getFloat64(at + length - wordBytes, true) === last;
}
