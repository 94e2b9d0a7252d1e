import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { anyCorrelation, logKeyOf, trustKeys } from './support/evidence-keys.ts';
import { openPage } from './support/open-page.ts';
import { takeScreenshot } from './support/take-screenshot.ts';

// A file cannot be dragged from outside: the browser is given the events that it makes of one.
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, text] as const,
  );
  const target = page.getByRole('region', { name: 'Drop a pack' });
  await target.dispatchEvent('dragover', { dataTransfer });
  await expect.poll(() => target.getAttribute('data-dropping')).toBe('');
  await target.dispatchEvent('drop', { dataTransfer });
  await expect.poll(() => target.getAttribute('data-dropping')).toBe(null);
}

describe('an evidence pack', () => {
  it('is downloaded, verified without a connection, and broken by one byte', async () => {
    const url = inject('serverUrl');
    const correlation = await anyCorrelation(url);
    const page = await openPage(`/evidence?section=packs&correlation=${correlation}`, { losesServer: true });
    await trustKeys(page, await logKeyOf(url));
    // A dialog of the system cannot be pressed: the other way to save has none.
    await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download and verify' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${correlation}.pack`);
    const verdict = page.getByRole('article', { name: 'Verdict: Consistent, but unwitnessed' });
    await verdict.getByText('the pack is what was asked for').waitFor();
    await takeScreenshot(page, 'evidence-pack');
    const bytes = await buffer(await download.createReadStream());

    await page.context().setOffline(true);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const chooser = page.getByLabel('Evidence pack', { exact: true });
    await chooser.setInputFiles({ name: 'mine.pack', mimeType: '', buffer: bytes });
    await verdict.getByText('mine.pack').waitFor();
    const at = bytes.indexOf('"event_outcome":"') + '"event_outcome":"'.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await chooser.setInputFiles({ name: 'edited.pack', mimeType: '', buffer: bytes });
    const broken = page.getByRole('article', { name: 'Verdict: Broken' });
    await broken.getByText('First fault at line').waitFor();
    // The page goes on asking how the server is; of the pack nobody is told.
    const polls = ['/readyz', '/checkpoint', '/api/v1/audit/status'];
    expect(asked.filter((each) => !polls.includes(new URL(each).pathname))).toEqual([]);
    await takeScreenshot(page, 'evidence-pack-broken');
  });

  it('that is dropped on the page is verified there, and is told from what is no pack', async () => {
    const url = inject('serverUrl');
    const answer = await fetch(
      `${url}/api/v1/audit/evidence-pack?correlation_id=${await anyCorrelation(url)}`,
    );
    expect(answer.status).toBe(200);
    const pack = await answer.text();
    const page = await openPage('/evidence?section=packs');
    await trustKeys(page, await logKeyOf(url));
    await drop(page, 'dropped.pack', pack);
    const verdict = page.getByRole('article', { name: 'Verdict: Consistent, but unwitnessed' });
    await verdict.getByText('dropped.pack').waitFor();
    await drop(page, 'edited.pack', pack.replace('"event_outcome":"success"', '"event_outcome":"failure"'));
    await page.getByRole('article', { name: 'Verdict: Broken' }).getByText('edited.pack').waitFor();
    expect(page.url()).toBe(`${url}/evidence?section=packs`);
  });

  it('of a sample has the records that the seed draws, and goes to a file as it comes', async () => {
    const page = await openPage('/evidence?section=packs');
    // What the dialog of the system would give: a file, here in the browser's own file system.
    await page.evaluate(() => {
      const showSaveFilePicker = async ({ suggestedName }: { readonly suggestedName: string }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
      Object.assign(window, { showSaveFilePicker });
    });
    await page.getByLabel('What it proves').selectOption('sample');
    await page.getByLabel('Seed').fill('audit of 2026');
    await page.getByLabel('How many').fill('5');
    const drawn = await page
      .getByRole('region', { name: 'Drawn positions' })
      .locator('p')
      .last()
      .textContent();
    await page.getByRole('button', { name: 'Download and verify' }).click();
    const verdict = page.getByRole('article', { name: 'Verdict: Cannot be proven' });
    await verdict.getByText('the keys come from the pack itself').waitFor();
    const positions = await verdict.locator('tbody td:first-child').allTextContents();
    expect(positions.map((text) => text.replace(',', '')).join(', ')).toBe(drawn);
    await takeScreenshot(page, 'evidence-sample-verdict');
    await page.evaluate(() => window.scrollTo(0, 0));
    await checkEveryView(page, 'evidence-sample');
  });
});
