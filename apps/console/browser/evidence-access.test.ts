import { readFile } from 'node:fs/promises';
import { startAuditServer } from '@audit/environments';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { anyCorrelation } from './support/evidence-keys.ts';
import { withGuardedServer } from './support/guarded-server.ts';
import { openPage } from './support/open-page.ts';
import { takeScreenshot } from './support/take-screenshot.ts';

describe('with an access policy', () => {
  const guarded = withGuardedServer();

  beforeAll(async () => {
    const { server, tokens } = guarded();
    const headers = { authorization: `Bearer ${tokens.of('writer')}`, 'content-type': 'application/json' };
    const example = new URL('../../../specs/examples/gateway.signal.received.valid.json', import.meta.url);
    const body = await readFile(example);
    await fetch(`${server.url}/api/v1/audit/events`, { method: 'POST', headers, body });
  });

  async function openAs(
    role: 'reader' | 'custodian' | 'auditor',
    path: string,
    url: string = guarded().server.url,
  ): Promise<Page> {
    const { tokens } = guarded();
    const page = await openPage('/healthz', { url, expectedStatuses: [401, 403] });
    await page.evaluate((token) => sessionStorage.setItem('audit-token', token), tokens.of(role));
    await page.goto(path);
    return page;
  }

  it('says which role is missing where one is, and shows the rest', async () => {
    const page = await openAs('reader', '/evidence');
    await page.getByText('Root of the tree').waitFor();
    await page.getByRole('button', { name: 'Verify in my browser' }).click();
    await page.getByText('none of the roles auditor, admin').waitFor();
    await takeScreenshot(page, 'evidence-forbidden');
    await page.getByRole('tab', { name: 'Holds' }).click();
    await page.getByText('No hold is in force').waitFor();
  });

  it('accuses nobody on a page that came by plain HTTP from elsewhere: it says why it cannot check, and what to do', async () => {
    const elsewhere = guarded().server.url.replace('127.0.0.1', 'console.test');
    const page = await openAs('auditor', '/evidence', elsewhere);
    await page.getByRole('button', { name: 'Verify in my browser' }).click();
    await page.getByRole('heading', { name: 'Cannot check' }).waitFor();
    await page.getByText('Open the console by HTTPS, or verify in a terminal').waitFor();
    await takeScreenshot(page, 'evidence-insecure');
  });

  it('a custodian places a hold with a reason and releases it with another', async () => {
    const page = await openAs('custodian', '/evidence?section=holds');
    const { server, tokens } = guarded();
    const [event] = (
      await (
        await fetch(`${server.url}/api/v1/audit/events?event_type=gateway.signal.received`, {
          headers: { authorization: `Bearer ${tokens.of('reader')}` },
        })
      ).json()
    ).data;
    await page.getByRole('button', { name: 'Place hold' }).click();
    await page.getByText('A hold needs a reason.').waitFor();
    await page.getByLabel('Correlation id').fill(event.correlation_id);
    await page.getByLabel('Reason').fill('case 2026-114');
    await page.getByRole('button', { name: 'Place hold' }).click();
    const holds = page.getByRole('table', { name: 'Legal holds' });
    await holds.getByText('case 2026-114').waitFor();
    await holds.getByText('custodian').waitFor();
    await checkEveryView(page, 'evidence-holds');
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('case closed');
    await checkEveryView(page, 'evidence-release');
    await page.getByRole('button', { name: 'Release hold' }).click();
    await page.getByText('No hold is in force').waitFor();
    await page.getByLabel('Show').selectOption('all');
    await holds.getByText('case closed').waitFor();
  });

  it('shows the retention clock and who was refused', async () => {
    const page = await openAs('reader', '/evidence?section=retention');
    await page
      .getByRole('row', { name: /^gateway/ })
      .getByText('2,555')
      .waitFor();
    await checkEveryView(page, 'evidence-retention');
    await page.getByRole('tab', { name: 'Access' }).click();
    await page.getByRole('heading', { name: 'Who read or exported' }).waitFor();
  });
});

it('shows who exported, newest first', async () => {
  const url = inject('serverUrl');
  await (await fetch(`${url}/api/v1/audit/export?correlation_id=${await anyCorrelation(url)}`)).arrayBuffer();
  const page = await openPage('/evidence?section=access');
  const rows = page.getByRole('table', { name: 'Who read or exported' }).locator('tbody tr');
  await rows.first().getByText('a trail as jsonl').waitFor();
  await checkEveryView(page, 'evidence-access');
});

it('goes back as far as one wants in who exported', async () => {
  const { url, stop } = await startAuditServer({ program: 'build' });
  onTestFinished(stop);
  const asOften = 210;
  const atOnce = 2;
  for (let done = 0; done < asOften; done += atOnce) {
    const exports = Array.from({ length: atOnce }, () =>
      fetch(`${url}/api/v1/audit/export?correlation_id=rr-none`),
    );
    for (const { status } of await Promise.all(exports)) expect(status).toBe(200);
  }
  const page = await openPage('/evidence?section=access', { url });
  const rows = page.getByRole('table', { name: 'Who read or exported' }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(200);
  await page.getByRole('button', { name: 'Show older' }).click();
  await expect.poll(() => rows.count()).toBe(asOften);
  expect(await page.getByRole('button', { name: 'Show older' }).count()).toBe(0);
});
