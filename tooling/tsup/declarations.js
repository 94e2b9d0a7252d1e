#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Writes the type declarations of the package in the current directory to `dist`. The package's own tsconfig.json
// cannot do it: it resolves other packages to their sources, which a build must not pull in.
const base = fileURLToPath(new URL('../tsconfig/base.json', import.meta.url));
const config = join('dist', 'tsconfig.json');
mkdirSync('dist', { recursive: true });
writeFileSync(
  config,
  JSON.stringify({
    extends: base,
    compilerOptions: {
      customConditions: [],
      declaration: true,
      emitDeclarationOnly: true,
      noEmit: false,
      outDir: '.',
      rootDir: '../src',
    },
    include: ['../src'],
    exclude: ['../src/**/*.test.ts', '../src/**/*.test-d.ts', '../src/**/*.test-support.ts'],
  }),
);
const compiler = join(
  dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')),
  'bin',
  'tsc',
);
// The compiler keeps `.ts` in the declarations' imports; published files import what is published.
const { status } = spawnSync(process.execPath, [compiler, '-p', config], { stdio: 'inherit' });
rmSync(config);
process.exitCode = status ?? 1;
