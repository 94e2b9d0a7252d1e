import { reservedNames } from './reserved-names.ts';
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
 * - an envelope text above its limit is cut and ends in `…` (the payload keeps names whole);
 * - a member name that the record format reserves is put in quotation marks.
 *
 * An event that needs none of this is returned as it is.
 */
export function toStorable<Event extends object>(event: Event): Event {
  // Texts stay texts and every other value stays itself, so the event keeps its type.
  const storable = storableObject(event, 0) as Event & Record<string, unknown>;
  const tooLong = Object.entries(envelopeCharsMax).flatMap(([name, charsMax]) => {
    const text = storable[name];
    return typeof text === 'string' && text.length > charsMax ? [[name, shortenText(text, charsMax)]] : [];
  });
  return tooLong.length === 0 ? storable : { ...storable, ...Object.fromEntries(tooLong) };
}

/** Cuts a text to a number of UTF-16 units; `…` shows the cut. */
export function shortenText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  return `${text.slice(0, charsMax - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// Nearly every event is storable, so a copy is made only when something has to change. Every value is visited once:
// looking first and copying then would double the work with every level of nesting. What lies deeper than an event may
// be is left alone, for it is refused as it is; so a value that contains itself comes to an end too.
function storableValue(value: unknown, level: number): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || level > eventDataDepthMax) return value;
  return Array.isArray(value) ? storableArray(value, level) : storableObject(value, level);
}

function storableArray(items: readonly unknown[], level: number): readonly unknown[] {
  const storable = items.map((item) => storableValue(item, level + 1));
  return storable.some((item, index) => item !== items[index]) ? storable : items;
}

function storableObject(value: object, level: number): object {
  let isStorable = true;
  const entries = Object.entries(value);
  for (const entry of entries) {
    const [name, member] = entry;
    entry[0] = storableName(name);
    entry[1] = storableValue(member, level + 1);
    if (entry[0] !== name || entry[1] !== member) isStorable = false;
  }
  return isStorable ? value : Object.fromEntries(entries);
}

function storableName(name: string): string {
  return reservedNames.has(name) ? JSON.stringify(name) : storableText(name);
}

function storableText(text: string): string {
  return text.isWellFormed() && !text.includes('\u0000')
    ? text
    : text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
