import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readText, root, workspacePackages } from './repository.ts';

/** A program in a README. */
export interface ReadmeProgram {
  readonly readme: string;
  /** Line of the README that opens the block. */
  readonly line: number;
  readonly code: string;
}

/** Finds the TypeScript blocks of a README; each is a program of its own. */
export function programsOf(readme: string): ReadmeProgram[] {
  const text = readText(readme);
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code = '', index }) => ({
    readme,
    line: text.slice(0, index).split('\n').length,
    code,
  }));
}

/** Compiles the programs in one run and says what the compiler has against them, by README and line. */
export async function compilePrograms(programs: readonly ReadmeProgram[]): Promise<string[]> {
  const directories: string[] = [];
  try {
    const files = new Map<string, ReadmeProgram>();
    for (const program of programs) {
      const directory = await temporaryDirectory(packageOf(program.readme));
      directories.push(directory);
      const file = join(directory, 'program.mts');
      await writeFile(file, program.code);
      files.set(file, program);
    }
    const project = await temporaryDirectory('');
    directories.push(project);
    return locate(await compile(project, [...files.keys()]), files);
  } finally {
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true })));
  }
}

function packageOf(readme: string): string {
  return workspacePackages.find(({ path }) => path === dirname(readme))?.path ?? '';
}

// A program lies where its package's dependencies are found, so it can use what the package has and nothing else.
async function temporaryDirectory(packagePath: string): Promise<string> {
  const parent = join(root, packagePath, 'node_modules', '.cache');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'readme-'));
}

async function compile(project: string, files: readonly string[]): Promise<string> {
  const config = {
    extends: join(root, 'tooling/tsconfig/base.json'),
    compilerOptions: { paths: packageSources() },
    files,
  };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')),
    'bin/tsc',
  );
  try {
    await promisify(execFile)(process.execPath, [compiler, '--pretty', 'false', '-p', project], {
      cwd: root,
    });
    return '';
  } catch (error) {
    // The compiler writes what it finds to its standard output and then fails.
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout);
    throw error;
  }
}

// A package does not depend on itself, nor the root on any package, but a reader has them all installed. What is not
// exported is not found.
function packageSources(): Record<string, string[]> {
  return Object.fromEntries(
    workspacePackages.flatMap(({ path, manifest }) =>
      Object.entries(manifest.exports ?? {}).flatMap(([name, target]) => {
        const source = typeof target === 'string' ? target : target['@audit/source'];
        return source?.endsWith('.ts') ? [[join(manifest.name, name), [join(root, path, source)]]] : [];
      }),
    ),
  );
}

function locate(output: string, files: ReadonlyMap<string, ReadmeProgram>): string[] {
  const faults = output.split('\n').filter((line) => line !== '');
  return faults.map((fault) => {
    const [, path = '', line = '', rest = ''] = /^(.*?)\((\d+),\d+\): (.*)$/.exec(fault) ?? [];
    const program = files.get(join(root, path));
    return program === undefined ? fault : `${program.readme}:${program.line + Number(line)}: ${rest}`;
  });
}
