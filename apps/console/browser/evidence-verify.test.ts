import { createDatabase, startAuditServer, startPostgres, tamperWithDatabase } from '@audit/environments';
import { startWitness } from '@audit/test-witness';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { logKeyOf, trustKeys } from './support/evidence-keys.ts';
import { openPage } from './support/open-page.ts';
import { playRemediations } from './support/play-remediations.ts';
import { takeScreenshot } from './support/take-screenshot.ts';

async function verify(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Verify (in my browser|again)$/ }).click();
  const verdict = page.getByRole('article', { name: /^Verdict/ });
  await verdict.waitFor();
  return verdict;
}

// The page was scrolled to the verdict: first that, then every view from the top, as it is opened.
async function checkVerdict(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, `${name}-verdict`);
  await page.evaluate(() => window.scrollTo(0, 0));
  await checkEveryView(page, name);
}

describe('the log of the server', () => {
  it('is verified in the browser: first by keys of the server itself, then by one that is trusted', async () => {
    const url = inject('serverUrl');
    const page = await openPage('/evidence');
    await page.getByText('Never here').waitFor();
    const unproven = await verify(page);
    await unproven.getByText('the keys come from the server itself').waitFor();
    await takeScreenshot(page, 'evidence-unproven');
    await trustKeys(page, await logKeyOf(url));
    await verify(page);
    const verdict = page.getByRole('article', { name: 'Verdict: Consistent, but unwitnessed' });
    await verdict.getByText('No witness you trust saw it').waitFor();
    // The second verification demanded that the log only grew since the first.
    await verdict.getByText('the log only grew since it was last seen: from size').waitFor();
    await page.getByText('It remembers that checkpoint').waitFor();
    await takeScreenshot(page, 'evidence-consistent');
  });

  it('is broken when it is not the one that the browser remembers', async () => {
    const page = await openPage('/evidence');
    await verify(page);
    await page.evaluate(() => {
      const key = 'audit-remembered-verification';
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
      const lines: string[] = kept.note.split('\n');
      lines[2] = btoa('another tree of the very same si');
      localStorage.setItem(key, JSON.stringify({ ...kept, note: lines.join('\n') }));
    });
    await page.getByRole('button', { name: 'Verify again' }).click();
    const verdict = page.getByRole('article', { name: 'Verdict: Broken' });
    await verdict.getByText('the log did not only grow').first().waitFor();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByText('Never here').waitFor();
  });

  it('is proven when a witness that is trusted saw it', async () => {
    let key = '';
    const witness = await startWitness(() => key);
    onTestFinished(witness.close);
    const server = await startAuditServer({
      program: 'build',
      flags: ['--witness', `url=${witness.url},key=${witness.key}`],
    });
    onTestFinished(() => server.stop());
    key = await logKeyOf(server.url);
    await playRemediations(server.url, 1);
    await expect.poll(() => witness.cosigned.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const page = await openPage('/evidence', { url: server.url });
    await page.getByText('1 of 1 cosigned').waitFor();
    await trustKeys(page, key, witness.key);
    await verify(page);
    await page.getByRole('article', { name: 'Verdict: Proven' }).waitFor();
    await checkVerdict(page, 'evidence-proven');
  });

  it('is broken when somebody changed its database, and says where', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const database = await createDatabase(postgres.url);
    const server = await startAuditServer({ program: 'build', environment: { DATABASE_URL: database } });
    onTestFinished(() => server.stop());
    await playRemediations(server.url, 2);
    const { data } = await (await fetch(`${server.url}/api/v1/audit/events?order=asc&limit=1000`)).json();
    const changed = data[7];
    const next = data.find(
      (event: { correlation_id: string; sequence: number }) =>
        event.correlation_id === changed.correlation_id && event.sequence > changed.sequence,
    );
    await tamperWithDatabase(
      database,
      `update audit.contents set record = replace(record::text, '"${changed.actor_id}"', '"nobody"')::json where sequence = ${changed.sequence}`,
    );
    const page = await openPage('/evidence', { url: server.url });
    await verify(page);
    const verdict = page.getByRole('article', { name: 'Verdict: Broken' });
    await verdict.getByText(`record ${next.sequence}`, { exact: false }).first().waitFor();
    const link = verdict.getByRole('link');
    expect(await link.getAttribute('href')).toBe(`/trail/${next.correlation_id}?event=${next.event_id}`);
    await checkVerdict(page, 'evidence-broken');
  });
});
