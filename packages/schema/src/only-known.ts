// Undefined, null and the empty text are left out at run time.
type Unknown<Value> = undefined extends Value
  ? true
  : null extends Value
    ? true
    : '' extends Value
      ? true
      : false;

type Known<Members extends object> = {
  [Name in keyof Members as Unknown<Members[Name]> extends true ? never : Name]: Members[Name];
} & {
  [Name in keyof Members as Unknown<Members[Name]> extends true ? Name : never]?: Exclude<
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
