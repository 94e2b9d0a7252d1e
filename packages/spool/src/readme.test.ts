import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inspectSpool } from './inspect-spool.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

it('the program of the README runs', async () => {
  const [, program = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const directory = join(temporaryDirectory(), 'audit-spool');
  const moved = program.replace("'audit-spool'", JSON.stringify(directory));
  const parameters = ['--conditions=@audit/source', '--input-type=module-typescript', '--eval', moved];
  await promisify(execFile)(process.execPath, parameters, { cwd: root, timeout: 20_000 });
  expect(await inspectSpool(directory)).toMatchObject({ entries: 0, nextSequence: 2, damage: [] });
});

it('every test that the README names as a proof exists', () => {
  const proofs = [...readme.matchAll(/\]\((src\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(proofs.length).toBeGreaterThan(10);
  expect(proofs.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
