import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandFailure } from '../command-failure.ts';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { isFilterName } from '../options/filter-options.ts';
import { profilePath } from '../profiles/profile-file.ts';
import { readIfThere } from '../read-if-there.ts';
import { safeParseMembers } from '../safe-parse-members.ts';

/** Filters by the names that the API gives them. */
export type ViewFilters = Readonly<Record<string, string>>;

/** Searches that were kept, by name. */
export type Views = ReadonlyMap<string, ViewFilters>;

/** Where kept searches are: `audit/views.json` in the directory for configuration of this user. */
export function viewPath(): string {
  return join(dirname(profilePath()), 'views.json');
}

/**
 * Reads the searches that were kept; none when there is no file.
 * @throws {CommandFailure} `usage` when the file holds something else
 */
export function readViews(): Views {
  const path = viewPath();
  const text = readIfThere(path);
  if (text === undefined) return new Map();
  const { views } = safeParseMembers(text);
  if (typeof views !== 'object' || views === null)
    throw new CommandFailure('usage', `${path}: expected JSON with a member "views"`);
  return new Map(
    Object.entries(views).map(([name, filters]) => {
      if (isFilters(filters)) return [name, filters] as const;
      throw new CommandFailure('usage', `${path}: view ${name}: expected filters of the API, each a text`);
    }),
  );
}

/**
 * Writes the kept searches anew, for their owner alone: they may name people.
 * @throws {CommandFailure} `usage` when what is there cannot be read
 */
export async function changeViews(change: (views: Views) => Views): Promise<void> {
  const path = viewPath();
  const views = Object.fromEntries(change(readViews()));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileWhole(path, [new TextEncoder().encode(`${JSON.stringify({ views }, null, 2)}\n`)]);
}

/**
 * The search of a name.
 * @throws {CommandFailure} `usage` when none is kept under it
 */
export function namedView(views: Views, name: string): ViewFilters {
  const view = views.get(name);
  if (view !== undefined) return view;
  const known = [...views.keys()].join(', ') || 'none';
  throw new CommandFailure('usage', `there is no view ${name}; known: ${known} ("audit query --save NAME")`);
}

function isFilters(value: unknown): value is ViewFilters {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([name, text]) => isFilterName(name) && typeof text === 'string' && text !== '',
    )
  );
}
