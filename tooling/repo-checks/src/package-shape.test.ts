import { describe, expect, it } from 'vitest';
import { readText, repositoryFiles, workspacePackages } from './repository.ts';

const published = workspacePackages.filter(({ path }) => path.startsWith('packages/'));
const managers = published.filter(({ tags }) => tags.includes('manager'));

const managerFiles = [
  'README.md',
  'package.json',
  'src/builders.test.ts',
  'src/builders.ts',
  'src/index.ts',
  'src/manager.test.ts',
  'src/manager.ts',
  'src/types.test-d.ts',
  'tsconfig.json',
  'tsup.config.ts',
  'turbo.json',
];

/** A file beside builders and manager that holds words of the service's domain; or the list of its releases. */
const furtherManagerFile = /^(src\/[a-z][a-z0-9-]*\.ts|CHANGELOG\.md)$/;

describe.each(managers)('the manager $path', ({ path, files }) => {
  it('holds the files that every manager holds', () => {
    const further = files.filter((file) => !managerFiles.includes(file));
    expect(files.filter((file) => managerFiles.includes(file)).toSorted()).toEqual(managerFiles);
    expect(further.filter((file) => !furtherManagerFile.test(file))).toEqual([]);
  });

  it('is configured like every manager', () => {
    for (const file of ['tsconfig.json', 'tsup.config.ts']) {
      expect(readText(`${path}/${file}`)).toBe(readText(`packages/schema/${file}`));
    }
  });
});

describe.each(published)('the package $path', ({ path, manifest }) => {
  it('is described like every published package', () => {
    expect(manifest).toMatchObject({
      name: path.replace('packages/', '@audit/'),
      description: expect.stringMatching(/^[A-Z].*\.$/),
      license: 'Apache-2.0',
      type: 'module',
      engines: { node: '>=22.13' },
      sideEffects: false,
      files: ['dist', '!dist/**/*.test*'],
      scripts: {
        build: 'tsup && audit-declarations',
        'check:package': 'publint --strict --pack npm && attw --pack . --profile esm-only',
        typecheck: 'tsc',
      },
    });
    // Whoever reads files of others may fuzz.
    const scripts = Object.keys(manifest.scripts ?? {}).filter((name) => name !== 'fuzz');
    expect(scripts).toHaveLength(3);
    expect(manifest.private).toBeUndefined();
  });

  it('exports sources to this repository and built files to everybody else, in this order', () => {
    for (const [name, target] of Object.entries(manifest.exports ?? { '.': 'missing' })) {
      const file = name === '.' ? 'index' : name.slice('./'.length);
      expect(JSON.stringify(target)).toBe(
        JSON.stringify({
          '@audit/source': `./src/${file}.ts`,
          types: `./dist/${file}.d.ts`,
          default: `./dist/${file}.js`,
        }),
      );
    }
  });

  it('needs nothing at run time that is only in this repository', () => {
    const needed = Object.keys({ ...(manifest.dependencies ?? {}), ...(manifest.peerDependencies ?? {}) });
    const names = published.map((other) => other.manifest.name);
    expect(needed.filter((name) => name.startsWith('@audit/') && !names.includes(name))).toEqual([]);
  });
});

describe('source files', () => {
  const entries = published.flatMap(({ path, manifest }) =>
    Object.values(manifest.exports ?? {}).map((target) =>
      typeof target === 'string' ? target : `${path}/${target['@audit/source']?.slice('./'.length)}`,
    ),
  );
  const sources = repositoryFiles.filter((path) => /^(packages|apps|tooling)\/.*\.ts$/.test(path));

  it.each(entries)('%s is a list of names', (entry) => {
    const statements = readText(entry).split(/(?<=;)\n/);
    const others = statements.filter(
      (text) => !/^export (type )?\{[^}]*\} from '\.\/[^']+\.ts';$/.test(text.trim()),
    );
    expect(others.filter((text) => text.trim() !== '')).toEqual([]);
  });

  it('export every name by name', () => {
    expect(sources.filter((path) => /^export \*/m.test(readText(path)))).toEqual([]);
  });
});
