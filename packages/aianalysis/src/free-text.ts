import { shortenText } from '@audit/schema';

// An event holds at most two messages; both together stay below 256 KiB, however they are escaped.
const messageCharsMax = 16_384;
const previewCharsMax = 500;

/** Cuts a message to 16,384 characters; `…` shows the cut. */
export function shortMessage(text: string): string {
  return shortenText(text, messageCharsMax);
}

/** Cuts a text to the 500 UTF-16 units of a preview, whole characters only; three dots show the cut. */
export function previewOf(text: string): string {
  if (text.length <= previewCharsMax) return text;
  return `${text.slice(0, previewCharsMax - 3).replace(/[\uD800-\uDBFF]$/, '')}...`;
}
