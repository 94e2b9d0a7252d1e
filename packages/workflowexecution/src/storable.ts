/**
 * Makes what a builder took from outside acceptable to the store, so that one odd text never costs the event:
 * - NUL and half surrogate pairs, which no store can keep, become U+FFFD;
 * - an envelope text above its limit is cut and ends in `…` (the payload keeps names whole);
 * - a free member name that the record format reserves is put in quotation marks.
 */
export function toStorable<Members extends object>(members: Members): Members {
  const entries = Object.entries(members).map(([name, value]) => [name, toStorableMember(name, value)]);
  // A text stays a text and every other value stays itself, so the members keep their types.
  return Object.fromEntries(entries) as Members;
}

/** Cuts a text to a number of UTF-16 units; `…` shows the cut. */
export function shortenText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const kept = text.slice(0, charsMax - 1);
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// Limits of the contract's envelope, in characters.
const envelopeCharsMax: Readonly<Record<string, number>> = {
  correlation_id: 255,
  resource_id: 255,
  namespace: 253,
};

function toStorableMember(name: string, value: unknown): unknown {
  const limit = envelopeCharsMax[name];
  const storable = toStorableValue(value);
  return typeof storable === 'string' && limit !== undefined ? shortenText(storable, limit) : storable;
}

function toStorableValue(value: unknown): unknown {
  if (typeof value === 'string') return toStorableText(value);
  if (Array.isArray(value)) return value.map(toStorableValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [toStorableName(name), toStorableValue(member)]),
  );
}

// RFC 9901, section 4.2.4.1, takes these names for digests of salted disclosures.
const reservedNames: ReadonlySet<string> = new Set(['_sd', '_sd_alg', '...']);

function toStorableName(name: string): string {
  return reservedNames.has(name) ? JSON.stringify(name) : toStorableText(name);
}

function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
