import { sha256Hex } from '#sha256';
import { base64urlOfBytes, safeBytesOfBase64url } from './base64.ts';
import { bytesOfHex } from './hex.ts';
import { safeParseRecord } from './parse-record.ts';
import { type Failure, failureAt, type Report, reportOne } from './report.ts';

/** A value of a record that is kept beside it, in the form of SD-JWT (RFC 9901, section 4.2.1). */
export interface Disclosure {
  /** JSON pointer (RFC 6901) to the member it stands for. */
  readonly pointer: string;
  /** base64url of the JSON text `["<salt>", "<name>", <value>]`. */
  readonly disclosure: string;
}

/** What {@link verifyDisclosure} found. */
export interface DisclosureReport extends Report {
  /** Position of the record in the log. */
  readonly sequence?: number | undefined;
  /** The value, when the record vouches for it. */
  readonly value?: unknown;
}

/**
 * Verifies that a record vouches for a value that was withheld: the digest of the disclosure is listed where the value
 * belongs (RFC 9901, section 7.3). That the record is in the log is another question.
 * @param record the exact line
 */
export function verifyDisclosure(record: Uint8Array | string, disclosure: Disclosure): DisclosureReport {
  const parsed = safeParseRecord(record);
  const statement = `the record vouches for ${disclosure.pointer}`;
  if (parsed === undefined) {
    return reportOne(statement, failureAt('malformed_record', 'this is not a record'));
  }
  const { sequence, members } = parsed;
  const opened = openDisclosure(disclosure);
  if (opened === undefined) {
    const message = `the disclosure of ${disclosure.pointer} is not [salt, name, value]`;
    return { ...reportOne(statement, failureAt('disclosure_mismatch', message, { sequence })), sequence };
  }
  const failure = mismatch(members, disclosure, opened.name, sequence);
  const report = { ...reportOne(statement, failure), sequence };
  return failure === undefined ? { ...report, value: opened.value } : report;
}

/** Digest under which a record lists a disclosure: base64url of SHA-256 over its text (RFC 9901, section 4.2.3). */
export function disclosureDigest(disclosure: string): string {
  return base64urlOfBytes(bytesOfHex(sha256Hex(disclosure)));
}

function mismatch(
  members: Readonly<Record<string, unknown>>,
  { pointer, disclosure }: Disclosure,
  name: string,
  sequence: number,
): Failure | undefined {
  const path = pathOf(pointer);
  const fail = (message: string) => failureAt('disclosure_mismatch', message, { sequence });
  if (path?.at(-1) !== name) return fail(`the disclosure is of ${name}, not of ${pointer}`);
  // Another algorithm would have other digests; an attacker must not be able to choose a weak one.
  if (members._sd_alg !== 'sha-256') return fail('the record does not list SHA-256 digests');
  const owner = memberAt(members, path.slice(0, -1));
  const digests: unknown = owner === undefined ? undefined : Reflect.get(owner, '_sd');
  if (owner === undefined || !Array.isArray(digests) || !digests.includes(disclosureDigest(disclosure))) {
    return fail(`record ${sequence} does not list this value at ${pointer}`);
  }
  return Object.hasOwn(owner, name) ? fail(`record ${sequence} has ${pointer} already`) : undefined;
}

function openDisclosure({
  disclosure,
}: Disclosure): { readonly name: string; readonly value: unknown } | undefined {
  const bytes = safeBytesOfBase64url(disclosure);
  if (bytes === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [salt, name, value]: unknown[] = parts;
    const isNamed = typeof name === 'string' && name !== '_sd' && name !== '...';
    return typeof salt === 'string' && isNamed ? { name, value } : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function memberAt(record: object, path: readonly string[]): object | undefined {
  let current: unknown = record;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Reflect.get(current, part);
  }
  return typeof current === 'object' && current !== null && !Array.isArray(current) ? current : undefined;
}
