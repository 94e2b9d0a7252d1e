import { isIntegrityError, type LogKeyPeriod, parseVerifier, safeParseKeyList } from '@audit/integrity';

/** Keys that a person gave, told apart by what they sign. */
export interface TrustedKeys {
  /** Keys of logs. */
  readonly keys: readonly LogKeyPeriod[];
  /** Keys of witnesses. */
  readonly witnesses: readonly string[];
  /** What is no key, in words, by line. */
  readonly faults: readonly string[];
}

/**
 * Reads what a person pasted or dropped: public keys, one on a line, of logs and witnesses alike, or a list of keys as
 * `GET /api/v1/audit/log-keys` answers. Empty lines, and lines that begin with `#`, say nothing.
 */
export function parseTrustedKeys(text: string): TrustedKeys {
  const listed = text.trimStart().startsWith('{') ? safeParseKeyList(text) : undefined;
  const periods = listed ?? linesOf(text);
  const keys = new Map<string, LogKeyPeriod>();
  const witnesses = new Set<string>();
  const faults: string[] = [];
  for (const period of periods) {
    const kind = kindOf(period.key);
    if (kind === 'ed25519') keys.set(period.key, period);
    else if (kind === 'cosignature') witnesses.add(period.key);
    else faults.push(`“${shortened(period.key)}” is no public key: ${kind}`);
  }
  return { keys: [...keys.values()], witnesses: [...witnesses], faults };
}

function linesOf(text: string): LogKeyPeriod[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((key) => ({ key }));
}

function kindOf(key: string): string {
  try {
    return parseVerifier(key).kind;
  } catch (error) {
    if (isIntegrityError(error)) return error.message;
    throw error;
  }
}

function shortened(key: string): string {
  return key.length > 48 ? `${key.slice(0, 48)}…` : key;
}
