import type { Disclosure } from './personal-data.ts';

/** Reads the disclosures of a record as the statements aggregate them: a JSON array, or null when there are none. */
export function readDisclosures(text: string | null): readonly Disclosure[] {
  // The statements write exactly the members of Disclosure.
  return text === null ? [] : (JSON.parse(text) as Disclosure[]);
}
