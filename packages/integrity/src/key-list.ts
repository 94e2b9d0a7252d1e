import type { LogKeyPeriod } from './log-keys.ts';

/**
 * Reads keys of a log as a server lists them, `{"keys":[{"key","from","until"}]}`, each once; undefined for any other text.
 * Whether each is a key is for `parseVerifier` to say.
 */
export function safeParseKeyList(text: string): LogKeyPeriod[] | undefined {
  const keys = keysOf(text);
  if (!Array.isArray(keys) || !keys.every(isPeriod)) return undefined;
  return [...new Map(keys.map((period) => [period.key, period])).values()];
}

function keysOf(text: string): unknown {
  try {
    const list: unknown = JSON.parse(text);
    return typeof list === 'object' && list !== null && 'keys' in list ? list.keys : undefined;
  } catch {
    // Not JSON, so no list.
    return undefined;
  }
}

function isPeriod(value: unknown): value is LogKeyPeriod {
  if (typeof value !== 'object' || value === null) return false;
  const { key, from, until } = value as Partial<Record<keyof LogKeyPeriod, unknown>>;
  const isSize = (size: unknown) => size === undefined || Number.isSafeInteger(size);
  const isInUse = typeof from !== 'number' || typeof until !== 'number' || from <= until;
  return typeof key === 'string' && isSize(from) && isSize(until) && isInUse;
}
