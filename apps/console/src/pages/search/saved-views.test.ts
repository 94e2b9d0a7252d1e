import { expect, it } from 'vitest';
import { parseViews } from './saved-views.ts';

it('reads kept searches by name, the newest of a name', () => {
  const text = JSON.stringify([
    { name: 'failures', filters: { event_outcome: 'failure', unknown: 1 } },
    { name: 'Approvals', filters: {} },
    { name: 'failures', filters: { event_outcome: 'failure', namespace: 'shop' } },
  ]);
  expect(parseViews(text)).toEqual([
    { name: 'Approvals', filters: {} },
    { name: 'failures', filters: { event_outcome: 'failure', namespace: 'shop' } },
  ]);
});

it.each([null, '', '{', '7', '[7, null, {"name": 7}, {"name": ""}]'])('keeps nothing of %j', (text) => {
  expect(parseViews(text)).toEqual([]);
});
