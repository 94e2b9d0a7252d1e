/** Whether every store can keep a text: no NUL (U+0000), no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
