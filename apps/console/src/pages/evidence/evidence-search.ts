/** Parts of the page, in their order. */
export const evidenceSections = ['verify', 'packs', 'holds', 'retention', 'access'] as const;

/** One of {@link evidenceSections}. */
export type EvidenceSection = (typeof evidenceSections)[number];

/** What the address of the page says. */
export interface EvidenceSearch {
  /** Part that is open; default `verify`. */
  readonly section?: EvidenceSection | undefined;
  /** Correlation to make a pack of, or to hold. */
  readonly correlation?: string | undefined;
}

/** Reads what the address says; what it cannot say is left out. */
export function readEvidenceSearch(search: Readonly<Record<string, unknown>>): EvidenceSearch {
  const { correlation } = search;
  const section = evidenceSections.find((each) => each === search.section);
  return {
    ...(section !== undefined && section !== 'verify' && { section }),
    // A text of digits is a number in an address.
    ...((typeof correlation === 'string' || typeof correlation === 'number') && {
      correlation: String(correlation),
    }),
  };
}
