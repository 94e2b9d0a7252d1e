import { expect, it } from 'vitest';
import * as spool from './index.ts';

it('@audit/spool exports these values', () => {
  expect(Object.keys(spool).sort()).toMatchInlineSnapshot(`
    [
      "adoptSpools",
      "createMemorySpool",
      "inspectSpool",
      "isDirectoryHeld",
      "listSpools",
      "lockDirectory",
      "nodeSpoolFiles",
      "openFileSpool",
      "openFreeSpool",
      "readDeadLetters",
      "removeDeadLetter",
      "toDeadLetter",
    ]
  `);
});
