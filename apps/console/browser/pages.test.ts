import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { openPage } from './support/open-page.ts';

/** Name of the page, its path, and what shows that its data has come. */
const pages: readonly (readonly [string, string, (page: Page) => Promise<void>])[] = [
  ['search', '/search', (page) => page.getByRole('list', { name: 'Events found' }).waitFor()],
  ['trails', '/trail', (page) => page.getByRole('heading', { name: 'Trails of the newest' }).waitFor()],
  ['evidence', '/evidence', (page) => page.getByText('Root of the tree').waitFor()],
  ['not-found', '/no/such/page', (page) => page.getByText('There is no page at this address').waitFor()],
];

it.each(pages)('%s shows its data and is accessible in every view', async (name, path, isShown) => {
  const page = await openPage(path);
  await isShown(page);
  await checkEveryView(page, name);
});
