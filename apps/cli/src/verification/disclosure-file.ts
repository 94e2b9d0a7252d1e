import { readFileSync } from 'node:fs';
import type { Disclosure } from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import { safeParseMembers } from '../safe-parse-members.ts';

/** The values of one event that are kept beside its record. */
export interface EventDisclosures {
  readonly eventId: string;
  /** Position of the record in the log. */
  readonly sequence: number;
  readonly eventHash: string;
  readonly disclosures: readonly Disclosure[];
  /** Pointers to values that were erased. */
  readonly erased: readonly string[];
}

/**
 * Reads the values of an event from a file that `audit disclose` wrote.
 * @throws {CommandFailure} `usage`
 */
export function readDisclosureFile(file: string): EventDisclosures {
  const found = safeParseDisclosures(readText(file));
  if (found !== undefined) return found;
  throw new CommandFailure('usage', `--disclosure: ${file} is not what "audit disclose" writes`);
}

/**
 * Reads the values of an event as the server answers `GET /api/v1/audit/events/{event_id}/disclosures`; undefined for any
 * other text.
 */
export function safeParseDisclosures(text: string): EventDisclosures | undefined {
  const { disclosures, erased, event_hash: eventHash, event_id: eventId, sequence } = safeParseMembers(text);
  if (typeof eventId !== 'string' || typeof eventHash !== 'string') return undefined;
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence)) return undefined;
  if (!Array.isArray(disclosures) || !disclosures.every(isDisclosure)) return undefined;
  if (!Array.isArray(erased) || !erased.every((pointer) => typeof pointer === 'string')) return undefined;
  return { eventId, eventHash, sequence, disclosures, erased };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `--disclosure: expected a file from "audit disclose", received ${file}`;
    throw new CommandFailure('usage', message, { cause: error });
  }
}

function isDisclosure(value: unknown): value is Disclosure {
  if (typeof value !== 'object' || value === null) return false;
  const { disclosure, pointer } = value as Partial<Record<keyof Disclosure, unknown>>;
  return typeof disclosure === 'string' && typeof pointer === 'string';
}
