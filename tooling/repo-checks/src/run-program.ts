import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ReadmeProgram } from './readme-programs.ts';
import { root } from './repository.ts';

const timeoutMs = 20_000;

/** Runs a program of a README from the sources of its package; what it writes to its standard output. */
export async function runProgram({ code, readme }: ReadmeProgram): Promise<string> {
  const parameters = ['--conditions=@audit/source', '--input-type=module-typescript', '--eval', code];
  const options = { cwd: join(root, dirname(readme)), timeout: timeoutMs };
  return (await promisify(execFile)(process.execPath, parameters, options)).stdout;
}

/** Lists what the comments beside its `console.log` calls say that a program prints; ` …` stands for more. */
export function promisedOutput({ code }: ReadmeProgram): string[] {
  return [...code.matchAll(/^.*console\.log.*; \/\/ (.*?)(?: …)?$/gm)].map(([, text = '']) => text);
}
