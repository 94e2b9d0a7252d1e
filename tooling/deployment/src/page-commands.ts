import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Directory of the repository, without a slash at its end. */
export const repository: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** Reads the commands that the deployment page tells the reader to type in one of its sections. */
export function pageCommands(section: string): readonly string[] {
  const page = readFileSync(`${repository}/deploy/README.md`, 'utf8');
  const text = page.split(/^## /m).find((each) => each.startsWith(`${section}\n`));
  if (text === undefined) throw new Error(`deploy/README.md has no section "${section}"`);
  const blocks = [...text.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').filter((line) => line.startsWith('$ ')));
}
