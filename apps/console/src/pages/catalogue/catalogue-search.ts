/** What the address of the catalogue says. */
export interface CatalogueSearch {
  /** Words that are sought. */
  readonly find?: string;
}

/** Reads the search of an address. */
export function readCatalogueSearch({ find }: Readonly<Record<string, unknown>>): CatalogueSearch {
  const text = typeof find === 'number' ? String(find) : find;
  return typeof text === 'string' && text !== '' ? { find: text } : {};
}
