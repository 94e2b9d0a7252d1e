import { library } from '@audit/tsup';
import { defineConfig } from 'tsup';

export default defineConfig(library);
