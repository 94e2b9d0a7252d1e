import { readFileSync } from 'node:fs';
import { eventsByService } from '@audit/schema';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { openPage } from './support/open-page.ts';

const types = Object.values(eventsByService).flatMap((table) => Object.values(table).map(({ type }) => type));

/** Event types that are listed, in their order. */
const listed = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: /^Event types of/ })
    .getByRole('link')
    .allTextContents();

it('lists every event type of the contract, and finds by type, member and word, in the address', async () => {
  const page = await openPage('/catalogue');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  expect((await listed(page)).toSorted()).toEqual(types.toSorted());
  await checkEveryView(page, 'catalogue');
  await page.getByLabel('Find').fill('fingerprint');
  await page.waitForURL('**/catalogue?find=fingerprint');
  const found = await listed(page);
  expect(found).toContain('gateway.crd.created');
  expect(found.length).toBeLessThan(types.length);
  await page
    .getByRole('status')
    .filter({ hasText: `${found.length} of ${types.length} event types` })
    .waitFor();
  await page.getByLabel('Find').fill('no such word');
  await page.getByRole('heading', { name: 'No event type has these words' }).waitFor();
});

it('shows members, values, personal data and the example of a type, and leads to its events', async () => {
  const page = await openPage('/catalogue?find=cancelled');
  await page.getByRole('link', { name: 'webhook.notification.cancelled' }).click();
  await page.waitForURL('**/catalogue/webhook.notification.cancelled');
  const row = page.getByRole('table', { name: 'Members of event_data' }).getByRole('row');
  await row.filter({ hasText: 'recipients[].email' }).getByText('personal data: email').waitFor();
  const example = readFileSync(
    new URL('../../../specs/examples/webhook.notification.cancelled.valid.json', import.meta.url),
    'utf8',
  );
  expect(JSON.parse((await page.locator('pre').textContent()) ?? '')).toEqual(JSON.parse(example));
  await checkEveryView(page, 'event-type');
  await page.getByRole('link', { name: 'Show such events' }).click();
  await page.waitForURL('**/search?event_type=webhook.notification.cancelled');
});

it('says so where the contract has no such type', async () => {
  const page = await openPage('/catalogue/my.own.event');
  await page.getByRole('heading', { name: 'The contract has no such event type' }).waitFor();
});
