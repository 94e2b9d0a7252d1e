import { type Disclosure, disclosureDigest } from './personal-data.ts';

/**
 * Puts disclosed values back in the place of their digests. Digests whose disclosure is not given (withheld or
 * erased) stay where they are.
 */
export function revealPersonalData(record: string, disclosures: readonly Disclosure[]): string {
  if (disclosures.length === 0) return record;
  const revealed: unknown = JSON.parse(record);
  for (const disclosure of disclosures) reveal(revealed, disclosure);
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

function readDisclosure(disclosure: string): [salt: string, name: string, value: unknown] {
  // Written by concealPersonalData, in this form only.
  return JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as [string, string, unknown];
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
