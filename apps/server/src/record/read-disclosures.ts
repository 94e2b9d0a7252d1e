import type { Disclosure } from '@audit/integrity';

/** A row of `audit.disclosures`. */
export interface StoredDisclosure {
  /** JSON pointer to the member it stands for. */
  readonly pointer: string;
  /** As in `Disclosure`; null when it was erased. */
  readonly disclosure: string | null;
}

/** Reads the disclosures of a record as the statements aggregate them: a JSON array, or null when there are none. */
export function readDisclosures(text: string | null): readonly StoredDisclosure[] {
  // The statements write exactly the members of StoredDisclosure.
  return text === null ? [] : (JSON.parse(text) as StoredDisclosure[]);
}

/** Reads the disclosures of a record that were not erased. */
export function readPresentDisclosures(text: string | null): readonly Disclosure[] {
  return readDisclosures(text).flatMap(({ pointer, disclosure }) =>
    disclosure === null ? [] : [{ pointer, disclosure }],
  );
}
