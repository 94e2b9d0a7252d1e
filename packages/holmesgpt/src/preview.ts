const longText = /^(.{500})./su;
const surrogatePair = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Shows the first 500 characters of a text; three dots show that there are more. */
export function previewOf(text: string): string {
  const start = longText.exec(text)?.[1];
  return start === undefined ? text : `${start}...`;
}

/** Counts characters as Python does, which wrote the first of these events: a surrogate pair is one. */
export function charactersOf(text: string): number {
  return text.length - (text.match(surrogatePair)?.length ?? 0);
}
