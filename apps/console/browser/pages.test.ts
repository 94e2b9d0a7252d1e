import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { openPage } from './support/open-page.ts';

/** Name of the page, its path, and what shows that its data has come. */
const pages: readonly (readonly [string, string, (page: Page) => Promise<void>])[] = [
  ['search', '/search', (page) => page.getByRole('table', { name: 'Newest events' }).waitFor()],
  ['trails', '/trail', (page) => page.getByRole('heading', { name: 'Trails of the newest' }).waitFor()],
  ['evidence', '/evidence', (page) => page.getByText('Root of the tree').waitFor()],
  ['not-found', '/no/such/page', (page) => page.getByText('There is no page at this address').waitFor()],
];

it.each(pages)('%s shows its data and is accessible in every view', async (name, path, isShown) => {
  const page = await openPage(path);
  await isShown(page);
  await checkEveryView(page, name);
});

it('a trail shows every event of it and is accessible in every view', async () => {
  const { correlationId, total } = await anyTrail();
  const page = await openPage(`/trail/${correlationId}`);
  await page.getByRole('table', { name: 'Events of the trail' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(total);
  await checkEveryView(page, 'trail');
});

async function anyTrail(): Promise<{ readonly correlationId: string; readonly total: number }> {
  const url = `${inject('serverUrl')}/api/v1/audit/events`;
  const signal = await (await fetch(`${url}?event_type=gateway.signal.received&limit=1`)).json();
  const correlationId: string = signal.data[0].correlation_id;
  const trail = await (await fetch(`${url}?correlation_id=${correlationId}&limit=1000`)).json();
  return { correlationId, total: trail.data.length };
}
