import { reservedNames } from './reserved-names.ts';
import { isStorableText } from './storable-text.ts';
import { eventDataDepthMax } from './structure-issues.ts';

/** Longest envelope texts that the contract takes, in UTF-16 units. */
const envelopeCharsMax: Readonly<Record<string, number>> = {
  actor_type: 50,
  actor_id: 255,
  resource_type: 100,
  resource_id: 255,
  correlation_id: 255,
  namespace: 253,
  cluster_name: 255,
  severity: 50,
};

/**
 * Makes an event that was built from outside data acceptable to the store, so that one odd text never costs the event:
 * - NUL and half surrogate pairs, which no store can keep, become U+FFFD;
 * - NaN and infinite numbers, of which JSON makes null, become text;
 * - an envelope text above its limit is cut and ends in `…` (the payload keeps names whole);
 * - a member name that the record format reserves is put in quotation marks.
 *
 * An event that needs none of this is returned as it is.
 */
export function toStorable<Event extends object>(event: Event): Event {
  // Texts stay texts and every other value stays itself, so the event keeps its type.
  const storable = (isStorable(event, 0) ? event : storableObject(event, 0)) as Event &
    Record<string, unknown>;
  return hasLongText(storable) ? withShortTexts(storable) : storable;
}

/** Cuts a text to a number of UTF-16 units; `…` shows the cut. */
export function shortenText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  return `${text.slice(0, charsMax - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function hasLongText(event: Record<string, unknown>): boolean {
  for (const name in envelopeCharsMax) {
    const text = event[name];
    if (typeof text === 'string' && text.length > (envelopeCharsMax[name] ?? 0)) return true;
  }
  return false;
}

function withShortTexts<Event extends Record<string, unknown>>(event: Event): Event {
  const short = Object.entries(envelopeCharsMax).flatMap(([name, charsMax]) => {
    const text = event[name];
    return typeof text === 'string' ? [[name, shortenText(text, charsMax)]] : [];
  });
  return { ...event, ...Object.fromEntries(short) };
}

// Nearly every event is storable: finding that out must cost little, changing one may cost what it takes. What lies
// deeper than an event may be is left alone, for it is refused as it is; so a value that contains itself ends too.
function isStorable(value: unknown, level: number): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null || level > eventDataDepthMax) return true;
  if (Array.isArray(value)) return value.every((item) => isStorable(item, level + 1));
  return Object.keys(value).every(
    (name) => storableName(name) === name && isStorable(Reflect.get(value, name), level + 1),
  );
}

function storableValue(value: unknown, level: number): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null || level > eventDataDepthMax) return value;
  return Array.isArray(value)
    ? value.map((item) => storableValue(item, level + 1))
    : storableObject(value, level);
}

function storableObject(value: object, level: number): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storableName(name), storableValue(member, level + 1)]),
  );
}

function storableName(name: string): string {
  return reservedNames.has(name) ? JSON.stringify(name) : storableText(name);
}

function storableText(text: string): string {
  return isStorableText(text) ? text : text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
