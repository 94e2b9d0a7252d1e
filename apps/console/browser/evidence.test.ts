import { readFile } from 'node:fs/promises';
import {
  type AuditServer,
  createDatabase,
  startAuditServer,
  startPostgres,
  startWitness,
  tamperWithDatabase,
} from '@audit/environments';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { makeTokens, type Tokens } from './support/make-tokens.ts';
import { openPage } from './support/open-page.ts';
import { playRemediations } from './support/play-remediations.ts';

async function logKeyOf(url: string): Promise<string> {
  const { keys } = await (await fetch(`${url}/api/v1/audit/log-keys`)).json();
  return keys[0].key;
}

async function anyCorrelation(url: string): Promise<string> {
  const signals = await (
    await fetch(`${url}/api/v1/audit/events?event_type=gateway.signal.received&limit=1`)
  ).json();
  return signals.data[0].correlation_id;
}

function trustKeys(page: Page, ...keys: readonly string[]): Promise<void> {
  return page.getByLabel('Public keys of the log').fill(keys.join('\n'));
}

async function verify(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Verify (in my browser|again)$/ }).click();
  const verdict = page.getByRole('article', { name: /^Verdict/ });
  await verdict.waitFor();
  return verdict;
}

describe('the log of the server', () => {
  it('is verified in the browser: first by keys of the server itself, then by one that is trusted', async () => {
    const url = inject('serverUrl');
    const page = await openPage('/evidence');
    await page.getByText('Never here').waitFor();
    const unproven = await verify(page);
    await unproven.getByText('the keys come from the server itself').waitFor();
    await checkEveryView(page, 'evidence-unproven');
    await trustKeys(page, await logKeyOf(url));
    await verify(page);
    const verdict = page.getByRole('article', { name: 'Verdict: Consistent, but unwitnessed' });
    await verdict.getByText('No witness you trust saw it').waitFor();
    // The second verification demanded that the log only grew since the first.
    await verdict.getByText('the log only grew since it was last seen: from size').waitFor();
    await page.getByText('It remembers that checkpoint').waitFor();
    await checkEveryView(page, 'evidence-consistent');
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
    await using witness = await startWitness(() => key);
    const server = await startAuditServer({
      program: 'build',
      flags: ['--witness', `url=${witness.url},key=${witness.key}`],
    });
    onTestFinished(() => server.stop());
    key = await logKeyOf(server.url);
    await playRemediations(server.url, 1);
    await expect.poll(() => witness.cosigned.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const page = await openPage('/evidence', { url: server.url });
    await page.getByText('1 cosigned').waitFor();
    await trustKeys(page, key, witness.key);
    await verify(page);
    await page.getByRole('article', { name: 'Verdict: Proven' }).waitFor();
    await checkEveryView(page, 'evidence-proven');
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
    expect(await link.getAttribute('href')).toBe(`/trail/${next.correlation_id}`);
    await checkEveryView(page, 'evidence-broken');
  });
});

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
    await checkEveryView(page, 'evidence-pack');
    const file = await download.path();
    const bytes = await readFile(file);

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
    expect(asked.filter((each) => !each.includes('/readyz') && !each.includes('/checkpoint'))).toEqual([]);
    await checkEveryView(page, 'evidence-pack-broken');
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
    await checkEveryView(page, 'evidence-sample');
  });
});

describe('with an access policy', () => {
  let tokens: Tokens;
  let server: AuditServer;

  beforeAll(async () => {
    tokens = await makeTokens();
    server = await startAuditServer({ program: 'build', flags: ['--access-policy', tokens.policyFile] });
    const headers = { authorization: `Bearer ${tokens.of('writer')}`, 'content-type': 'application/json' };
    const example = new URL('../../../specs/examples/gateway.signal.received.valid.json', import.meta.url);
    const body = await readFile(example);
    await fetch(`${server.url}/api/v1/audit/events`, { method: 'POST', headers, body });
  });

  afterAll(async () => {
    await server.stop();
    await tokens.remove();
  });

  async function openAs(role: 'reader' | 'custodian', path: string): Promise<Page> {
    const page = await openPage('/healthz', { url: server.url, expectedStatuses: [401, 403] });
    await page.evaluate((token) => sessionStorage.setItem('audit-token', token), tokens.of(role));
    await page.goto(path);
    return page;
  }

  it('says which role is missing where one is, and shows the rest', async () => {
    const page = await openAs('reader', '/evidence');
    await page.getByText('Root of the tree').waitFor();
    await page.getByRole('button', { name: 'Verify in my browser' }).click();
    await page.getByText('none of the roles auditor, admin').waitFor();
    await checkEveryView(page, 'evidence-forbidden');
    await page.getByRole('tab', { name: 'Holds' }).click();
    await page.getByText('No hold is in force').waitFor();
  });

  it('a custodian places a hold with a reason and releases it with another', async () => {
    const page = await openAs('custodian', '/evidence?section=holds');
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
