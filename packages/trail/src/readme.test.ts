import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');
const programs = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, program = '']) => program);

it.each(programs)('the program %# of the README runs and prints what it says', async (program) => {
  const parameters = ['--conditions=@audit/source', '--input-type=module-typescript', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: root, timeout: 20_000 });
  const promised = [...program.matchAll(/^.*console\.log.*; \/\/ (.*)$/gm)].map(([, text = '']) => text);
  for (const text of promised) expect(stdout).toContain(text);
});
