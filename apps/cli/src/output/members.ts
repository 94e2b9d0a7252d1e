import { displayText } from '@audit/schema';

const valueCharsMax = 4_000;

/** Writes named values, one on a line, the values below each other. */
export function renderMembers(members: Readonly<Record<string, string>>): string {
  const chars = Math.max(...Object.keys(members).map((name) => name.length));
  return Object.entries(members)
    .map(([name, value]) => `${`${name}:`.padEnd(chars + 2)} ${displayText(value, valueCharsMax)}\n`)
    .join('');
}
