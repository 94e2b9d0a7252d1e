// Records are at most ten levels deep; what is deeper is not compared.
const depthMax = 64;

/** Writes a value as JSON with the members of every object in one order: equal texts mean equal values. */
export function sortedJson(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === depthMax) return '"…"';
  if (Array.isArray(value)) return `[${value.map((each) => sortedJson(each, depth + 1)).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${sortedJson(member, depth + 1)}`)
    .join(',')}}`;
}
