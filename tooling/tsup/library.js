/**
 * Build settings of every package: one output file per source file, so that a bundler drops the files
 * a program does not use. Type declarations come from `audit-declarations`, which is faster.
 * @type {import('tsup').Options}
 */
export const library = {
  clean: true,
  dts: false,
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
  format: 'esm',
  sourcemap: true,
  splitting: true,
  target: 'node22',
};
