type Known<Members extends object> = {
  [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Exclude<Members[Name], null>;
} & {
  [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<
    Members[Name],
    undefined | null
  >;
};

/**
 * Keeps the members that are known: those that are undefined, null or an empty string are left out, as the contract
 * wants of optional members.
 */
export function onlyKnown<Members extends object>(members: Members): Known<Members> {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== null && value !== '') known[name] = value;
  }
  // Object.entries forgets the names; exactly the members that Known describes are kept.
  return known as Known<Members>;
}
