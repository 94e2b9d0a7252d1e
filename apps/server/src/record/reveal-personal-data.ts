import { type Disclosure, disclosureDigest } from '@audit/integrity';
import { parseExactJson } from '../http/parse-exact-json.ts';
import type { StoredDisclosure } from './read-disclosures.ts';

/** What a member reads whose value was erased. */
const erasedText = '[erased]';

/**
 * Puts disclosed values back in the place of their digests; a member that was erased reads `[erased]`. Digests whose
 * disclosure is not given stay where they are.
 */
export function revealPersonalData(record: string, disclosures: readonly StoredDisclosure[]): string {
  if (disclosures.length === 0) return record;
  const revealed = parseExactJson(record);
  for (const { pointer, disclosure } of disclosures) {
    if (disclosure !== null) reveal(revealed, { pointer, disclosure });
  }
  for (const { pointer, disclosure } of disclosures) if (disclosure === null) markErased(revealed, pointer);
  return JSON.stringify(revealed);
}

function reveal(record: unknown, { pointer, disclosure }: Disclosure): void {
  const [, name, value] = readDisclosure(disclosure);
  const owner = memberAt(record, pointer.split('/').slice(1, -1));
  const digests: unknown = Reflect.get(owner, '_sd');
  const digest = disclosureDigest(disclosure);
  // A value that the record does not vouch for is not shown as part of it.
  if (!Array.isArray(digests) || !digests.includes(digest)) return;
  const remaining = digests.filter((other) => other !== digest);
  if (remaining.length > 0) Reflect.set(owner, '_sd', remaining);
  else Reflect.deleteProperty(owner, '_sd');
  Reflect.set(owner, name, value);
}

// With every other disclosure given, the digests that are left in its object are those of what was erased.
function markErased(record: unknown, pointer: string): void {
  const path = pointer.split('/').slice(1);
  const owner = memberAt(record, path.slice(0, -1));
  Reflect.deleteProperty(owner, '_sd');
  Reflect.set(owner, path.at(-1) ?? '', erasedText);
}

function readDisclosure(disclosure: string): [salt: string, name: string, value: unknown] {
  // Written by concealPersonalData, in this form only.
  return parseExactJson(Buffer.from(disclosure, 'base64url').toString()) as [string, string, unknown];
}

function memberAt(record: unknown, path: readonly string[]): object {
  let current = record;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) break;
    current = Reflect.get(current, part);
  }
  if (typeof current !== 'object' || current === null)
    throw new Error(`no object at /${path.join('/')} of the record`);
  return current;
}
