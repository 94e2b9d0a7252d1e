import { leafHash } from '@audit/integrity';

/** The text of a record as far as an answer gives it. */
export interface ServedRecord {
  /** The record's exact bytes, when what was served has them. */
  readonly exact: string | undefined;
  /** Whether the answer discloses personal data, in whose place the record has digests. */
  readonly isDisclosed: boolean;
  /** SHA-256 of the leaf, as the server says. */
  readonly hash: string;
}

/**
 * Takes the record out of an answer of `GET /api/v1/audit/events` with one event. The server writes its own members behind
 * those of the record; what stands before them is the record when its hash is the one that they name.
 * @returns undefined when the answer holds no event
 */
export function servedRecord(answer: string): ServedRecord | undefined {
  const begin = answer.indexOf('[') + 1;
  const end = answer.lastIndexOf('],"pagination":');
  const text = answer.slice(begin, end);
  const members = safeParse(text);
  if (begin === 0 || end === -1 || members === undefined) return undefined;
  const hash = String(members.event_hash);
  const exact = `${text.slice(0, text.lastIndexOf(`,"event_hash":"${hash}"`))}}`;
  return {
    exact: leafHash(exact) === hash ? exact : undefined,
    isDisclosed: members._sd_alg !== undefined,
    hash,
  };
}

/** Takes the record out of an export in JSON Lines of one event; undefined when there is none, or another hash. */
export function exportedRecord(lines: string, hash: string): string | undefined {
  return lines.split('\n').find((line) => line.startsWith('{') && leafHash(line) === hash);
}

function safeParse(text: string): { readonly event_hash?: unknown; readonly _sd_alg?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // No event, or something that is no answer of the contract.
    return undefined;
  }
}
