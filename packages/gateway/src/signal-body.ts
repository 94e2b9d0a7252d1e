import { eventDataDepthMax, type PayloadOf, shortenText } from '@audit/schema';
import type { Signal } from './signal.ts';

/** What a payload says about the body of a signal. */
export type BodyMembers = Pick<
  PayloadOf<'gateway.signal.received'>,
  'original_payload' | 'original_payload_text'
>;

// The labels repeat parts of the body, and all of it must stay below the 256 KiB an event may have.
const parsedCharsMax = 65_536;
const textCharsMax = 16_384;

/** Keeps the body of a signal: parsed when it is a JSON object that an event can hold, otherwise as text. */
export function bodyMembers(rawPayload: Signal['rawPayload']): BodyMembers {
  const text =
    typeof rawPayload === 'string' ? rawPayload : new TextDecoder().decode(rawPayload ?? undefined);
  if (text === '') return {};
  const body = text.length > parsedCharsMax ? undefined : parseJson(text);
  return isJsonObject(body) && isShallow(body, bodyDepthMax)
    ? { original_payload: body }
    : { original_payload_text: shortenText(text, textCharsMax) };
}

function parseJson(text: string): unknown {
  try {
    // Looking for long digits first is far cheaper than asking for the text of every number.
    return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    // Anybody can send anything: what is not JSON, or nested so deep that it cannot be read, is kept as text.
    return undefined;
  }
}

// JSON.parse with source text access (ECMAScript 2026): an integer that a number cannot hold is kept as its text.
function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(source)) return value;
  return Number.isFinite(value) && BigInt(source) === BigInt(value) ? value : source;
}

function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// event_data is the outermost level.
const bodyDepthMax = eventDataDepthMax - 1;

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}
