import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Directory of the repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../../../', import.meta.url));

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Path from the root, such as `packages/schema`. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Role of the package, from its turbo.json. */
  readonly tags: readonly string[];
  /** Its tracked and untracked files, from the package's directory. */
  readonly files: readonly string[];
}

/** What checks read of a package.json. */
export interface Manifest {
  readonly [member: string]: unknown;
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Every file that is or can be committed, from the root; those that Git ignores are no part of the repository. */
export const repositoryFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(root + path));

/** Reads a file of the repository as text. */
export function readText(path: string): string {
  return readFileSync(root + path, 'utf8');
}

/** The packages of the workspace. */
export const workspacePackages: readonly WorkspacePackage[] = repositoryFiles
  .filter((path) => /^(packages|apps|tooling)\/[^/]+\/package\.json$/.test(path))
  .map((path) => path.slice(0, -'/package.json'.length))
  .map((path) => ({
    path,
    manifest: JSON.parse(readText(`${path}/package.json`)),
    tags: repositoryFiles.includes(`${path}/turbo.json`)
      ? (JSON.parse(readText(`${path}/turbo.json`)).tags ?? [])
      : [],
    files: repositoryFiles
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => file.slice(path.length + 1)),
  }));
