import { describe, expect, it } from 'vitest';
import { readText, repositoryFiles } from './repository.ts';

// This file has to say what it looks for.
const exempt = new Set(['pnpm-lock.yaml', 'tooling/repo-checks/src/tracked-text.test.ts']);

const texts = repositoryFiles
  .filter((path) => !exempt.has(path))
  .map((path) => ({ path, text: readText(path) }));

function findings(pattern: RegExp): string[] {
  return texts.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${path}:${line}: ${found}`;
    }),
  );
}

describe('no file of the repository', () => {
  it('names the host of a package registry: which one is used is the reader’s own setting', () => {
    expect(
      findings(
        /registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|\b(artifactory|nexus|verdaccio)\./gi,
      ),
    ).toEqual([]);
  });

  it('names a directory of the machine it was written on', () => {
    expect(findings(/(?<![\w.$}{*-])\/(home|root|work|tmp|Users)\/[\w.-]+/g)).toEqual([]);
    expect(findings(/\b[A-Z]:\\{1,2}[A-Za-z]\w+\\/g)).toEqual([]);
  });

  it('leaves a note to do later', () => {
    expect(findings(/\b(TODO|FIXME)\b/g)).toEqual([]);
  });
});

it('the lockfile says what to install, not where from', () => {
  const lines = readText('pnpm-lock.yaml').split('\n');
  expect(lines.filter((line) => /\btarball:|https?:\/\//.test(line))).toEqual([]);
});
