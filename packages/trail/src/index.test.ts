import { expect, it } from 'vitest';
import * as trail from './index.ts';

it('@audit/trail exports these values', () => {
  expect(Object.keys(trail).sort()).toMatchInlineSnapshot(`
    [
      "compareTrails",
      "durationText",
      "eventNews",
      "eventTitles",
      "explainTrail",
      "readTrail",
    ]
  `);
});
