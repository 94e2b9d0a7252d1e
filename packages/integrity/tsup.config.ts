import { library } from '@audit/tsup';
import { defineConfig } from 'tsup';

// `#sha256` stays an import of the built files: whoever loads them chooses between Node's and the browser's hashing.
export default defineConfig({ ...library, external: ['#sha256'] });
