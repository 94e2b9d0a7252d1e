import { eventsByService, type ServiceName } from '@audit/schema';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { root, workspacePackages } from './repository.ts';

// A producer pays for the events it emits, not for the catalogue: sizes are of minified code, zod left out.
const builderBytesMax = 15_000;

interface Bundle {
  readonly text: string;
  /** Packages outside the bundle that it still imports. */
  readonly imports: readonly string[];
}

async function bundle(program: string, path: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root + path, loader: 'ts' },
    bundle: true,
    conditions: ['@audit/source'],
    external: ['zod'],
    format: 'esm',
    logLevel: 'silent',
    metafile: true,
    minify: true,
    platform: 'node',
    write: false,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) =>
    output.imports.map((entry) => entry.path),
  );
  return { text: outputFiles.map((file) => file.text).join(''), imports };
}

function eventTypesOf(services: readonly string[]): string[] {
  return Object.entries(eventsByService)
    .filter(([service]) => services.includes(service))
    .flatMap(([, table]) => Object.values(table).map((definition) => definition.type));
}

const services = Object.keys(eventsByService) as ServiceName[];
const managers = workspacePackages.filter(({ tags }) => tags.includes('manager'));

describe.each(managers)('one builder of $path', ({ path }) => {
  const service = services.find((name) => path === `packages/${name}`) ?? 'gateway';
  const [builder = ''] = Object.keys(eventsByService[service]);

  it('brings no validator and no event type of another service', async () => {
    const { text, imports } = await bundle(`export { ${builder} } from './src/index.ts';`, path);
    const present = eventTypesOf(services).filter((type) => text.includes(type));
    expect(present.toSorted()).toEqual(eventTypesOf([service]).toSorted());
    expect(imports).not.toContain('zod');
    expect(text.length).toBeLessThan(builderBytesMax);
  });
});

describe('the client', () => {
  it('brings no validator and no event type', async () => {
    const program = `export { createAuditClient } from './src/index.ts';`;
    const { text, imports } = await bundle(program, 'packages/client');
    expect(eventTypesOf(services).filter((type) => text.includes(type))).toEqual([]);
    expect(imports).not.toContain('zod');
  });

  it('brings them when it checks events, so the test above can see them', async () => {
    const program = `export { createMemoryTransport } from './src/testing.ts';`;
    const { text, imports } = await bundle(program, 'packages/client');
    expect(eventTypesOf(services).filter((type) => !text.includes(type))).toEqual([]);
    expect(imports).toContain('zod');
  });
});
