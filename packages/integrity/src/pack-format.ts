import { type Population, safeParsePopulation } from './population.ts';
import { type Failure, failureAt } from './report.ts';

/** Name and version of the format. */
export const packFormat = 'audit-pack/1';

/** First line of a pack. Names are those of the file. */
export interface PackManifest {
  readonly format: typeof packFormat;
  /** Name of the log, as in its checkpoints. */
  readonly origin: string;
  readonly log_id: string;
  readonly population: Population;
  /** RFC 3339. */
  readonly created_at: string;
  readonly created_by: string;
  /** Whether the values of personal data that the maker has are in the pack. */
  readonly disclosures: 'included' | 'withheld';
}

/** A key that a pack names. It is a hint where to look, no reason to believe it. */
export interface PackKey {
  /** Text of the public key. */
  readonly key: string;
  readonly use: 'log' | 'witness';
  /** Tree sizes a log's key was in use for. */
  readonly from?: number;
  readonly until?: number;
}

/** What a pack says that it holds, before its signature. */
export interface PackCount {
  readonly records: number;
  readonly purged: number;
  readonly disclosures: number;
}

/** Words that a line of a pack can begin with; other lines are records. */
export type PackWord =
  | 'manifest'
  | 'key'
  | 'checkpoint'
  | 'hashes'
  | 'proof'
  | 'purged'
  | 'disclosure'
  | 'count'
  | 'signature';

/** Writes a line that is no record, without newline. */
export function formatPackLine(word: PackWord, value: unknown): string {
  return `#${word} ${JSON.stringify(value)}`;
}

/** Part of a pack that a line stands in: what precedes the records, the records, what follows them. */
export type PackPart = 'manifest' | 'keys' | 'records' | 'signature' | 'end';

/** Words that can begin a line of each part. */
export const packParts = {
  manifest: ['manifest'],
  keys: ['key', 'checkpoint'],
  records: ['hashes', 'proof', 'purged', 'disclosure', 'count'],
  signature: ['signature'],
  end: [],
} as const satisfies Record<PackPart, readonly PackWord[]>;

const decoder = new TextDecoder('utf-8', { fatal: true });

const words: ReadonlySet<string> = new Set(Object.values(packParts).flat());

/** Reads a line that is no record; undefined when the format has no such line. */
export function safeParsePackLine(
  line: Uint8Array,
): { readonly word: PackWord; readonly value: unknown } | undefined {
  try {
    const text = decoder.decode(line);
    const space = text.indexOf(' ');
    const word = text.slice(1, Math.max(space, 1));
    if (!text.startsWith('#') || !words.has(word)) return undefined;
    const json = text.slice(space + 1);
    // The set holds the words of the type only.
    return {
      word: word as PackWord,
      value: word === 'hashes' ? plainText(json) : (JSON.parse(json) as unknown),
    };
  } catch {
    return undefined;
  }
}

/** What stands between quotes: Base 64 is checked when it is read, and has no escapes for which JSON would have to be parsed. */
function plainText(json: string): string | undefined {
  return json.length > 1 && json.startsWith('"') && json.endsWith('"') ? json.slice(1, -1) : undefined;
}

/** Reads a value as a manifest; undefined for anything else. */
export function safeParseManifest(value: unknown): PackManifest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { format, origin, log_id, population, created_at, created_by, disclosures } = value as Record<
    string,
    unknown
  >;
  const parsed = safeParsePopulation(population);
  if (format !== packFormat || parsed === undefined) return undefined;
  if (typeof origin !== 'string' || typeof log_id !== 'string') return undefined;
  if (typeof created_at !== 'string' || typeof created_by !== 'string') return undefined;
  if (disclosures !== 'included' && disclosures !== 'withheld') return undefined;
  return { format, origin, log_id, population: parsed, created_at, created_by, disclosures };
}

/** Reads a value as a key line; undefined for anything else. */
export function safeParsePackKey(value: unknown): PackKey | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { key, use, from, until } = value as Record<string, unknown>;
  if (typeof key !== 'string' || (use !== 'log' && use !== 'witness')) return undefined;
  return {
    key,
    use,
    ...(typeof from === 'number' ? { from } : {}),
    ...(typeof until === 'number' ? { until } : {}),
  };
}

/** The failure of a line that is not what the format has at its place. */
export function malformedLine(message: string): Failure {
  return failureAt('malformed_line', message);
}
