import { createKeptText } from './kept-text.ts';

/** Public keys that the person trusts, as he gave them. */
export const trustedKeysText = createKeptText('audit-trusted-keys');
