/** A server by name, and what is needed to use and to trust it. */
export interface Profile {
  readonly url?: string;
  /** Bearer token; never printed. */
  readonly token?: string;
  /** File with the bearer token, absolute. */
  readonly tokenFile?: string;
  /** File with certificates of authorities, PEM, that are trusted beside those of the system; absolute. */
  readonly ca?: string;
  /** Keys of the log that are trusted, or files with them. */
  readonly key?: readonly string[];
  /** Keys of witnesses that are trusted, or files with them. */
  readonly witness?: readonly string[];
}

const textNames = ['url', 'token', 'tokenFile', 'ca'] as const;
const listNames = ['key', 'witness'] as const;

/** Reads a profile; a sentence that says what is wrong with it when it is none. */
export function safeParseProfile(value: unknown): Profile | string {
  if (typeof value !== 'object' || value === null) return 'expected an object';
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of textNames) {
    if (members.has(name) && !isText(members.get(name))) return `${name}: expected a text`;
  }
  for (const name of listNames) {
    if (members.has(name) && !isTexts(members.get(name))) return `${name}: expected a list of texts`;
  }
  const known: readonly string[] = [...textNames, ...listNames];
  const unknown = [...members.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) return `${unknown}: expected one of ${known.join(', ')}`;
  // Every member is known and of its kind.
  return Object.fromEntries(members) as Profile;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
