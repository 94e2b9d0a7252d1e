import { expect, it } from 'vitest';
import * as client from './index.ts';
import * as testing from './testing.ts';

it('@audit/client exports these values', () => {
  expect(Object.keys(client).sort()).toMatchInlineSnapshot(`
    [
      "bindBuilders",
      "createAuditApi",
      "createAuditClient",
      "createHttpTransport",
      "defaultSpoolRoot",
    ]
  `);
});

it('@audit/client/testing exports these values', () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "createMemoryTransport",
    ]
  `);
});
