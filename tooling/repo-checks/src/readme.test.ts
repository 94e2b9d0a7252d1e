import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePrograms, programsOf } from './readme-programs.ts';
import { readText, repositoryFiles, workspacePackages } from './repository.ts';
import { promisedOutput, runProgram } from './run-program.ts';

const documents = repositoryFiles.filter((path) => path.endsWith('.md'));
const readmes = documents.filter((path) => path === 'README.md' || path.endsWith('/README.md'));
const published = workspacePackages.filter(({ path }) => path.startsWith('packages/'));

describe('the programs in the READMEs', () => {
  it('compile', async () => {
    expect(await compilePrograms(readmes.flatMap(programsOf))).toEqual([]);
  });

  it('are looked at by the compiler', async () => {
    const code = "import { gatewayEvents } from '@audit/schema';\ngatewayEvents.signalLost;\n";
    expect(await compilePrograms([{ readme: 'packages/client/README.md', line: 10, code }])).toEqual([
      expect.stringMatching(
        /^packages\/client\/README\.md:12: error TS2339: Property 'signalLost' does not exist/,
      ),
    ]);
  });
});

// The others need a service or a directory; the tests of `client` and `spool` give it to theirs.
const runAlone = ['schema', 'integrity', 'trail'].flatMap((name) => programsOf(`packages/${name}/README.md`));

it.each(runAlone)('the program in line $line of $readme runs and prints what it says', async (program) => {
  const output = await runProgram(program);
  expect(promisedOutput(program).filter((text) => !output.includes(text))).toEqual([]);
});

it.each(published)('the README of $path shows a program before line 12', ({ path }) => {
  expect(programsOf(`${path}/README.md`)[0]?.line).toBeLessThan(12);
});

it.each(documents)('%s links to files that are there', (document) => {
  const links = [...readText(document).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
  const targets = links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => join(dirname(document), link).replace(/\/$/, ''));
  const isThere = (target: string) =>
    repositoryFiles.some((path) => path === target || path.startsWith(`${target}/`));
  expect(targets.filter((target) => !isThere(target))).toEqual([]);
});
