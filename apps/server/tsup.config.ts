import { cp } from 'node:fs/promises';
import { program } from '@audit/tsup';
import { defineConfig } from 'tsup';

export default defineConfig({
  ...program,
  entry: ['src/main.ts'],
  // The server serves the built console as files; turbo.json has it built before.
  onSuccess: () => cp('../console/dist', 'dist/console', { recursive: true }),
});
