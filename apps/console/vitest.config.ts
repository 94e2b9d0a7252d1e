import { defineConfig } from 'vitest/config';

const conditions = ['@audit/source'];

/** Tests in a real browser: `npx -y pnpm@12 browser`. They need the build, and are no part of the test command. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { resolve: { conditions } },
  test: {
    include: ['browser/**/*.test.ts'],
    globalSetup: ['browser/support/global-setup.ts'],
    // One browser and one server serve all files, whose time is mostly theirs.
    fileParallelism: false,
    isolate: false,
    // A browser beside much other work may miss a moment; what fails twice is broken.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
