import { reservedNames } from './reserved-names.ts';

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
  const storable = storableObject(event) as Event & Record<string, unknown>;
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

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return storableArray(value);
  return typeof value === 'object' && value !== null ? storableObject(value) : value;
}

// Nearly every event is storable, so a copy is made only when something has to change.
function storableArray(items: readonly unknown[]): readonly unknown[] {
  return items.every((item) => storableValue(item) === item) ? items : items.map(storableValue);
}

function storableObject(value: object): object {
  const entries = Object.entries(value);
  const isStorable = entries.every(
    ([name, member]) => storableName(name) === name && storableValue(member) === member,
  );
  if (isStorable) return value;
  return Object.fromEntries(entries.map(([name, member]) => [storableName(name), storableValue(member)]));
}

function storableName(name: string): string {
  return reservedNames.has(name) ? JSON.stringify(name) : storableText(name);
}

function storableText(text: string): string {
  return text.isWellFormed() && !text.includes('\u0000')
    ? text
    : text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
