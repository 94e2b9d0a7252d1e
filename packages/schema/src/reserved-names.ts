/** Names that the record format uses for digests of salted disclosures (RFC 9901, section 4.2.4.1). */
export const reservedNames: ReadonlySet<string> = new Set(['_sd', '_sd_alg', '...']);
