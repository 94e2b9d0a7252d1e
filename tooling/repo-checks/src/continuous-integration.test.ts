import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readText, repositoryFiles } from './repository.ts';

const workflows = repositoryFiles.filter((path) => /^\.github\/workflows\/.*\.ya?ml$/.test(path));
const script = '.ci/run';
const hasScript = repositoryFiles.includes(script);

describe.skipIf(!hasScript || workflows.length === 0)('the checks of a change', () => {
  const scripts: Readonly<Record<string, string>> = JSON.parse(readText('package.json')).scripts;

  it.each(workflows)('run by %s are those that everybody can run', (path) => {
    const jobs: readonly { readonly steps: readonly { readonly run?: string }[] }[] = Object.values(
      parse(readText(path)).jobs,
    );
    const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run));
    expect(commands).toEqual([scripts.ci]);
    expect(commands).toEqual([`bash ${script}`]);
  });

  it('are scripts of the root, and include every one that checks', () => {
    const called = [...readText(script).matchAll(/^ *(?:npx -y pnpm@12|pnpm) ([\w:]+)$/gm)].map(
      ([, name = '']) => name,
    );
    expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
    const checks = [
      'test',
      'lint',
      'typecheck',
      'build',
      'browser',
      ...Object.keys(scripts).filter((name) => name.startsWith('check:')),
    ];
    expect(called.toSorted()).toEqual(checks.toSorted());
  });
});
