import { shortenText } from '@audit/schema';
import type { JsonObject, JsonValue } from './incident.ts';

// Shares of the 262,144 bytes that an event may have: one main text, at most six parts, at most eight names.

/** Bytes of the text that an event is about. */
export const mainBytesMax = 98_304;

/** Bytes of a further text, list or map. */
export const partBytesMax = 16_384;

/** Bytes of a name, and of a text in a list of objects. */
export const nameBytesMax = 4_096;

/** Cuts a text so that it takes at most so many bytes as JSON in UTF-8; `…` shows the cut. */
export function fitText(text: string, bytesMax: number): string {
  // A character takes one byte at least.
  let short = shortenText(text, bytesMax);
  for (let bytes = bytesOf(short); bytes > bytesMax; bytes = bytesOf(short)) {
    short = shortenText(short, Math.floor((short.length * bytesMax) / bytes));
  }
  return short;
}

/** Cuts a list of texts; a last text of `…` shows that there were more. */
export function fitTexts(texts: readonly string[], bytesMax: number = partBytesMax): string[] {
  if (bytesOf(texts) <= bytesMax) return [...texts];
  const kept: string[] = [];
  let bytesLeft = bytesMax;
  for (const text of texts) {
    if (bytesLeft < nameBytesMax) break;
    const short = fitText(text, bytesLeft);
    kept.push(short);
    bytesLeft -= bytesOf(short) + 1;
  }
  return [...kept, '…'];
}

/** Keeps the first items of a list, as many as fit. */
export function fitItems<Item>(items: readonly Item[], bytesMax: number = partBytesMax): Item[] {
  let bytesLeft = bytesMax;
  return items.filter((item) => {
    bytesLeft -= bytesOf(item);
    return bytesLeft >= 0;
  });
}

/** How much of a JSON value an event can hold. */
export interface JsonLimits {
  readonly bytesMax: number;
  /** Levels of nesting that are left below the place of the value; an event has ten. */
  readonly levelsMax: number;
}

/** Returns a value as it is, or, when an event cannot hold that, as its JSON text, which may be cut. */
export function fitJson(value: JsonValue, limits: JsonLimits): JsonValue {
  return fits(value, limits) ? value : fitText(jsonText(value), limits.bytesMax);
}

/** Returns a map as it is, or, when an event cannot hold that, with its JSON text as the one member `json`. */
export function fitMap(value: JsonValue, limits: JsonLimits): JsonObject {
  return isMap(value) && fits(value, limits) ? value : { json: fitText(jsonText(value), limits.bytesMax) };
}

/** Writes a value as JSON text. */
export function jsonText(value: JsonValue): string {
  return JSON.stringify(value);
}

function fits(value: JsonValue, { bytesMax, levelsMax }: JsonLimits): boolean {
  return !isDeeperThan(levelsMax, value) && bytesOf(value) <= bytesMax;
}

function isDeeperThan(levelsMax: number, value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levelsMax === 0 || Object.values(value).some((member) => isDeeperThan(levelsMax - 1, member));
}

function isMap(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
