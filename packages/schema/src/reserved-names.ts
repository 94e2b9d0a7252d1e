/**
 * Member names that no event may use: those of digests of salted disclosures (RFC 9901, section 4.2.4.1), and the one
 * that JavaScript programs take for the prototype of an object.
 */
export const reservedNames: ReadonlySet<string> = new Set(['_sd', '_sd_alg', '...', '__proto__']);
