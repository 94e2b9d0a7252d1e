import { program } from '@audit/tsup';
import { defineConfig } from 'tsup';

export default defineConfig({ ...program, entry: ['src/main.ts'] });
