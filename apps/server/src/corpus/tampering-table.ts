import type { FileTampering, StoreTampering } from './tampering.ts';

/** Writes all tamperings as Markdown: what is done, and who finds it with what. */
export function tamperingTable(
  store: Readonly<Record<string, readonly StoreTampering[]>>,
  files: Readonly<Record<string, readonly FileTampering[]>>,
): string {
  const sections = [
    ...Object.entries(store).map(([what, cases]) =>
      section(
        `In the database: ${what}`,
        'who owns the database…',
        cases.map(({ name, found }) => [name, finders(found)]),
      ),
    ),
    ...Object.entries(files).map(([file, cases]) =>
      section(
        `On the way: ${file}`,
        'the courier…',
        cases.map(({ name, found }) => [name, `\`${found}\``]),
      ),
    ),
  ];
  const count = [...Object.values(store), ...Object.values(files)].flat().length;
  return `# ${count} tamperings and who finds them\n\nA number is the first bad position that the finder can name.\n${sections.join('')}`;
}

function section(title: string, whoever: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, found]) => `| ${name} | ${found} |\n`);
  return `\n## ${title}\n\n| ${whoever} | found by |\n|---|---|\n${lines.join('')}`;
}

function finders(found: StoreTampering['found']): string {
  return Object.entries(found)
    .map(([outsider, finding]) => `${outsider}: \`${finding}\``)
    .join(', ');
}
