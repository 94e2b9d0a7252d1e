import type { AuditEventRequest } from '@audit/schema';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { withGuardedServer } from './support/guarded-server.ts';
import { openPage } from './support/open-page.ts';
import { takeScreenshot } from './support/take-screenshot.ts';

const guarded = withGuardedServer();

const started = (correlation_id: string): AuditEventRequest => ({
  version: '1.0',
  event_type: 'orchestrator.lifecycle.started',
  event_timestamp: new Date().toISOString(),
  event_category: 'orchestration',
  event_action: 'started',
  event_outcome: 'pending',
  correlation_id,
  event_data: {
    event_type: 'orchestrator.lifecycle.started',
    rr_name: correlation_id,
    namespace: 'payments',
  },
});

async function post(name: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, place) => `${name}-${place}`);
  const answer = await fetch(`${guarded().server.url}/api/v1/audit/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${guarded().tokens.of('writer')}` },
    body: JSON.stringify(ids.map(started)),
  });
  expect(answer.status).toBe(201);
  return ids.toReversed();
}

async function openLive(search = '', losesServer = false): Promise<Page> {
  const view = { url: guarded().server.url, expectedStatuses: [401], losesServer };
  const page = await openPage(`/live${search}`, view);
  await page.getByRole('heading', { name: 'Say who you are' }).waitFor();
  await page.getByLabel('Bearer token').fill(guarded().tokens.of('reader'));
  await page.getByRole('button', { name: 'Use this token' }).click();
  await isLive(page);
  return page;
}

const isLive = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor();

/** Correlation ids of the rows, the newest first. */
const rowsOf = (page: Page): Promise<string[]> =>
  page.getByRole('table', { name: 'Events as they come' }).getByRole('link').allTextContents();

const cameFrom = (page: Page, name: string) =>
  rowsOf(page).then((ids) => ids.filter((id) => id.startsWith(name)));
const waitForRow = (page: Page, id: string) => page.getByRole('link', { name: id, exact: true }).waitFor();

it('shows what is stored while it is open, once, the newest first, says so, and leads to its trail', async () => {
  const page = await openLive();
  const first = await post('rr-a', 3);
  await waitForRow(page, 'rr-a-2');
  const second = await post('rr-b', 4);
  await waitForRow(page, 'rr-b-3');
  expect((await rowsOf(page)).slice(0, 7)).toEqual([...second, ...first]);
  await page.getByText('7 received').waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /7 since the page was opened/ })
    .waitFor();
  await page.getByRole('link', { name: 'rr-b-0' }).click();
  await page.waitForURL('**/trail/rr-b-0');
});

it('counts while it is paused, goes on where it was, and says what the server skipped', async () => {
  const page = await openLive();
  await page.getByRole('button', { name: 'Pause' }).click();
  const before = await rowsOf(page);
  const few = await post('rr-c', 5);
  await page.getByText('5 received since').waitFor();
  expect(await rowsOf(page)).toEqual(before);
  await page.getByRole('button', { name: 'Resume' }).click();
  await waitForRow(page, 'rr-c-4');
  expect(await cameFrom(page, 'rr-c')).toEqual(few);
  await page.getByRole('button', { name: 'Pause' }).click();
  const old = await post('rr-d', 200);
  await page.getByText('200 received since').waitFor();
  await post('rr-e', 450);
  await page.getByText('650 received since').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  const skips = page.getByRole('list', { name: 'Skipped by the server' });
  expect(await skips.textContent()).toMatch(
    /^150 records skipped, positions [\d,]+ to [\d,]+: the page was too far behind/,
  );
  await waitForRow(page, 'rr-e-449');
  expect(await rowsOf(page)).toHaveLength(500);
  expect(await cameFrom(page, 'rr-d')).toEqual(old.slice(0, 50));
  // The rules of axe take a minute for so many rows; with less of them they are checked below.
  await takeScreenshot(page, 'live-skipped');
});

it('shows no other events than those of the filter, which is in the address', async () => {
  const page = await openLive('?correlation_id=rr-f-1');
  await post('rr-f', 3);
  await waitForRow(page, 'rr-f-1');
  expect(await rowsOf(page)).toEqual(['rr-f-1']);
  await page.getByLabel('Correlation id').fill('rr-f-2');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL('**/live?correlation_id=rr-f-2');
  await waitForRow(page, 'rr-f-2');
  expect(await rowsOf(page)).toEqual(['rr-f-2']);
  await page.getByLabel('Outcome').selectOption('failure');
  await page.waitForURL('**/live?correlation_id=rr-f-2&event_outcome=failure');
  await page.getByRole('heading', { name: 'Nothing yet' }).waitFor();
});

it('says when the server is gone, tries again, and misses nothing when it is back', async () => {
  const page = await openLive('', true);
  await post('rr-g', 2);
  await waitForRow(page, 'rr-g-1');
  await guarded().server.kill();
  await page.getByRole('status').filter({ hasText: 'No connection' }).first().waitFor();
  await page.getByText(/tried again in \d+ s/).waitFor();
  await checkEveryView(page, 'live-disconnected');
  await guarded().server.restart();
  const missed = await post('rr-h', 3);
  await page.getByRole('button', { name: 'Try now' }).click();
  await waitForRow(page, 'rr-h-2');
  expect(await cameFrom(page, 'rr-h')).toEqual(missed);
  await isLive(page);
});

it('is accessible in every view', async () => {
  const page = await openPage('/live', { url: inject('serverUrl') });
  await isLive(page);
  await checkEveryView(page, 'live');
});

it('says who may see it', async () => {
  const page = await openPage('/live', { url: guarded().server.url, expectedStatuses: [401, 403] });
  await page.getByLabel('Bearer token').fill(guarded().tokens.of('writer'));
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.getByRole('heading', { name: 'You may not see this' }).waitFor();
});
