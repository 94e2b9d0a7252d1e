// Keeps imports between the files of a package as they are, for the JavaScript files that tsup writes.
const onePerSource = {
  name: 'one-output-file-per-source-file',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    );
  },
};

/**
 * Build settings of every package: one output file per source file, so that a bundler drops the files
 * a program does not use. Type declarations come from `audit-declarations`, which is faster.
 * @type {import('tsup').Options}
 */
export const library = {
  clean: true,
  dts: false,
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts', '!src/**/*.test-support.ts'],
  esbuildPlugins: [onePerSource],
  format: 'esm',
  // Some built-in modules, node:sqlite among them, exist under their full name only.
  removeNodeProtocol: false,
  silent: true,
  sourcemap: true,
  splitting: false,
  target: 'node22',
};

/**
 * Build settings of every program: the sources in as few files as possible, packages left outside.
 * @type {import('tsup').Options}
 */
export const program = {
  clean: true,
  dts: false,
  format: 'esm',
  // Some built-in modules, node:sqlite among them, exist under their full name only.
  removeNodeProtocol: false,
  silent: true,
  sourcemap: true,
  splitting: true,
  target: 'node22',
};
