import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { findEvent } from './support/find-event.ts';
import { openPage } from './support/open-page.ts';

async function openSearch(search = ''): Promise<Page> {
  const page = await openPage(`/search${search}`);
  await page.getByRole('heading', { name: 'Events' }).waitFor();
  return page;
}

const rows = (page: Page) => page.getByRole('list', { name: 'Events found' }).getByRole('link');

it('the address is the whole search, and one condition after the other is taken away', async () => {
  const page = await openSearch('?event_category=gateway&event_outcome=success&since=30d');
  await rows(page).first().waitFor();
  expect(await page.getByRole('combobox', { name: 'Category', exact: true }).inputValue()).toBe('gateway');
  expect(await page.getByRole('combobox', { name: 'Time' }).inputValue()).toBe('30d');
  await checkEveryView(page, 'search-filtered');
  await page.getByRole('button', { name: 'Take away outcome success' }).click();
  await page.getByRole('combobox', { name: 'Type' }).selectOption('gateway.crd.created');
  await expect
    .poll(() => new URL(page.url()).search)
    .toBe('?event_type=gateway.crd.created&event_category=gateway&since=30d');
  await page.getByRole('button', { name: 'As a command' }).click();
  await page.getByText('audit query --type=gateway.crd.created --category=gateway --since=30d').waitFor();
  await page.goBack();
  await expect.poll(() => new URL(page.url()).searchParams.get('event_type')).toBe(null);
});

it('by keyboard alone: to the box, to the events, to the trail at the event', async () => {
  const signal = await findEvent('event_type=gateway.signal.received');
  const page = await openSearch();
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.insertText(signal.correlation_id);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Take away correlation ${signal.correlation_id}` }).waitFor();
  await page.getByText('That is all').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toContain('gateway.signal.received');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Signal received' }).waitFor();
  expect(page.url()).toContain(`/trail/${signal.correlation_id}?event=${signal.event_id}`);
});

it('searches at once for the correlation of a pasted log line, and leaves other pasted text to be looked at', async () => {
  const { correlation_id: id } = await findEvent('event_type=gateway.signal.received');
  const page = await openSearch('?event_outcome=failure');
  await paste(page, `2026-01-14T09:30:00Z ERROR cannot patch payments/${id}: deadline exceeded`);
  await page.getByRole('button', { name: `Take away correlation ${id}` }).waitFor();
  expect(new URL(page.url()).search).toBe(`?correlation_id=${id}`);
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
  await paste(page, 'checkout');
  expect(await page.getByRole('searchbox').inputValue()).toBe('checkout');
  expect(new URL(page.url()).search).toBe(`?correlation_id=${id}`);
});

// As a person does, through the clipboard of the browser.
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ControlOrMeta+v');
}

it('offers other readings of a name, and says when nothing matches', async () => {
  const page = await openSearch();
  await page.getByRole('searchbox').fill('no-such-thing');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No event matches' }).waitFor();
  await checkEveryView(page, 'search-nothing');
  await page.getByRole('button', { name: 'namespace no-such-thing' }).click();
  await page.getByRole('button', { name: 'Take away namespace no-such-thing' }).waitFor();
  await page.getByRole('searchbox').fill('why did it not work last night');
  await page.getByText('Nothing in this text is an id or a name').waitFor();
});

it('reads on as one scrolls, page after page, and draws only what is in sight', async () => {
  const page = await openSearch();
  await rows(page).first().waitFor();
  const total = Number((await page.getByText(/^\d+ events$/).textContent())?.split(' ')[0]);
  expect(total).toBeGreaterThan(300);
  const readOn = async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    return page.getByText(`That is all: ${total} events.`).count();
  };
  // Several pages come one after the other.
  await expect.poll(readOn, { timeout: 10_000 }).toBe(1);
  expect(await rows(page).count()).toBeLessThan(60);
});

it('keeps searches under names in this browser: opened, renamed, deleted', async () => {
  const page = await openSearch('?event_outcome=failure');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByLabel('Keep this search as').fill('what failed');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'what failed', exact: true }).waitFor();
  await checkEveryView(page, 'search-saved');
  await page.getByRole('button', { name: 'Rename what failed' }).click();
  await page.getByLabel('New name of what failed').fill('failures');
  await page.keyboard.press('Enter');
  await page.goto('/search');
  await page.getByRole('button', { name: 'Saved views (1)' }).click();
  await page.getByRole('button', { name: 'failures', exact: true }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('?event_outcome=failure');
  await page.getByRole('button', { name: 'Saved views (1)' }).click();
  await page.getByRole('button', { name: 'Delete failures' }).click();
  await page.getByText('No search is kept in this browser yet.').waitFor();
});

it('shows what the server says of a time that is none', async () => {
  const page = await openPage('/search?since=yesterday', { expectedStatuses: [400] });
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('since');
});
