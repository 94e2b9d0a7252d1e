import { library } from '@audit/tsup';
import { defineConfig } from 'tsup';

// These stay imports of the built files: whoever loads them chooses between Node's and the browser's cryptography.
export default defineConfig({ ...library, external: ['#sha256', '#ed25519'] });
