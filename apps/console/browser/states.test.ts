import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { withGuardedServer } from './support/guarded-server.ts';
import { openPage } from './support/open-page.ts';

const guarded = withGuardedServer();

async function useToken(page: Page, token: string): Promise<void> {
  await page.getByLabel('Bearer token').fill(token);
  await page.getByRole('button', { name: 'Use this token' }).click();
}

it('asks who one is, says when that does not suffice, and shows the page to who may; the token ends with the tab', async () => {
  const page = await openPage('/search', { url: guarded().server.url, expectedStatuses: [401, 403] });
  await page.getByRole('heading', { name: 'Say who you are' }).waitFor();
  await checkEveryView(page, 'unauthenticated');
  await useToken(page, 'no token');
  await page.getByText('Copy it again').waitFor();
  await useToken(page, guarded().tokens.of('writer'));
  await page.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await checkEveryView(page, 'forbidden');
  await useToken(page, guarded().tokens.of('reader'));
  // Whom the server refused is an event of its log.
  await page.getByRole('list', { name: 'Events found' }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.context().storageState()).toEqual({ cookies: [], origins: [] });
});

it('says that there is nothing where there is nothing', async () => {
  const page = await openPage('/trail/rr-none', { url: guarded().server.url, expectedStatuses: [401] });
  await useToken(page, guarded().tokens.of('reader'));
  await page.getByRole('heading', { name: 'No event has this correlation id' }).waitFor();
  await checkEveryView(page, 'empty');
});

it('says when the server is away, keeps what it showed, and goes on when it is back', async () => {
  const page = await openPage('/search', {
    url: guarded().server.url,
    expectedStatuses: [401],
    losesServer: true,
  });
  await useToken(page, guarded().tokens.of('reader'));
  await page.getByRole('list', { name: 'Events found' }).waitFor();
  await guarded().server.kill();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  await checkEveryView(page, 'unreachable');
  await guarded().server.restart();
  await page.getByRole('button', { name: 'Try again' }).click();
  // Nobody but the server itself has written to this log.
  await page.getByRole('heading', { name: 'Send your first event' }).waitFor();
});
