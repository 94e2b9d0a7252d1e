import { defineConfig } from 'vitest/config';
import { compileCache } from './tooling/environments/src/compile-cache.ts';
import { LongestFirst } from './tooling/environments/src/vitest-longest-first.ts';

const conditions = ['@audit/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,apps,tooling}/*/src/**/*.test.ts'],
    globalSetup: ['tooling/environments/src/vitest-global-setup.ts'],
    env: compileCache,
    sequence: { sequencer: LongestFirst },
    // Much of a test's time is another process's: leaving a core free gains nothing.
    maxWorkers: '100%',
    // Starting an embedded database takes longer than most files: those of a worker share what they load and open.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
