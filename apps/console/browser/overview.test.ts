import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AuditEventsQueryResponse, AuditRecord, AuditStatistics, AuditStatus } from '@audit/schema';
import type { Locator, Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { durationText } from '../src/format/duration-text.ts';
import { checkEveryView } from './support/check-every-view.ts';
import { withGuardedServer } from './support/guarded-server.ts';
import { openPage } from './support/open-page.ts';

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(`${inject('serverUrl')}/api/v1/audit/${path}`);
  expect(answer.status).toBe(200);
  // Checked against the contract by the server's own tests.
  return (await answer.json()) as Answer;
}

const events = async (query: string): Promise<readonly AuditRecord[]> =>
  (await ask<AuditEventsQueryResponse>(`events?${query}`)).data;

const cellsOf = (page: Page, table: string): Promise<string[][]> =>
  page
    .getByRole('table', { name: table })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent)),
    );

it('shows the volume, failures, newest remediations and health that the API tells, in every view', async () => {
  const page = await openPage('/');
  await page.getByRole('table', { name: 'Events by category' }).waitFor();
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  await page.getByText('The same as a table').click();
  const statistics = await ask<AuditStatistics>('statistics?interval=hour&since=24h');
  expect(await cellsOf(page, 'Events by category')).toEqual(expectedCategories(statistics));
  expect((await cellsOf(page, 'Events over time')).map((cells) => cells.slice(1))).toEqual(
    statistics.buckets
      .filter(({ total }) => total > 0)
      .map((bucket) => [
        ...outcomes.map((outcome) => numberText(sumOf([bucket], { outcome }))),
        numberText(bucket.total),
      ]),
  );
  const ends = [
    ...(await events('event_type=orchestrator.lifecycle.failed&limit=6')),
    ...(await events('event_type=orchestrator.lifecycle.completed&event_outcome=failure&limit=6')),
  ];
  expect(ends.length).toBeGreaterThan(1);
  expect(await trailsOf(page, 'Failed or refused remediations')).toEqual(
    ends
      .toSorted((a, b) => Date.parse(b.event_timestamp) - Date.parse(a.event_timestamp))
      .slice(0, 6)
      .map(({ correlation_id }) => correlation_id),
  );
  const signals = await events('event_type=gateway.signal.received&limit=8');
  expect(await trailsOf(page, 'Newest remediations')).toEqual(
    signals.map(({ correlation_id }) => correlation_id),
  );
  const { log } = await ask<AuditStatus>('status');
  const figure = (name: string) => page.locator('dl > div').filter({ hasText: name }).locator('dd').first();
  expect(await figure('Checkpoint').textContent()).toBe(`${numberText(log?.size ?? 0)} records`);
  expect(await figure('Arrival lag').textContent()).toBe(durationText(log?.lag.median_ms ?? 0));
  expect(await figure('Dead letters').textContent()).toBe('0');
  await page.getByText('The same as a table').click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await checkEveryView(page, 'overview');
});

it('tells each failure by one sentence with the alert and the time it took, and leads to its trail', async () => {
  const page = await openPage('/');
  const failures = page.getByRole('list', { name: 'Failed or refused remediations' }).getByRole('listitem');
  await failures.first().waitFor();
  for (const item of await failures.all()) {
    const correlationId = await trailOf(item.getByRole('link'));
    const trail = await events(`correlation_id=${correlationId}&order=asc&limit=1000`);
    const signal = trail.find(({ event_type }) => event_type === 'gateway.signal.received');
    const end = trail.find(({ event_type }) =>
      /^orchestrator\.lifecycle\.(failed|completed)$/.test(event_type),
    );
    const text = await item.textContent();
    expect(text).toContain(alertOf(signal));
    expect(text).toMatch(/(The remediation failed|A person refused the change|ran out of time)[^.]*[:.]/);
    const took = Date.parse(end?.event_timestamp ?? '') - Date.parse(signal?.event_timestamp ?? '');
    expect(text).toContain(`took ${durationText(took)}`);
  }
  const first = await trailOf(failures.first().getByRole('link'));
  await failures.first().getByRole('link').click();
  await page.waitForURL(`**/trail/${first}`);
});

it('keeps range and division in the address, and leads to the events of a column', async () => {
  const page = await openPage('/?range=7d&by=category');
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  const current = () => page.locator('main nav [aria-current]').allTextContents();
  expect(await current()).toEqual(['7 days', 'By category']);
  await page.getByRole('link', { name: '1 hour' }).click();
  await page.waitForURL('**/?range=1h&by=category');
  expect(await current()).toEqual(['1 hour', 'By category']);
  await page.goto('/?range=30d');
  await page.getByText('The same as a table').click();
  await page.getByRole('table', { name: 'Events over time' }).getByRole('link').last().click();
  await page.waitForURL(/\/search\?since=.*&until=/);
});

it('asks nobody for anything while its tab is hidden, and at once when it is shown again', async () => {
  const page = await openPage('/');
  await page.getByRole('table', { name: 'Events by category' }).waitFor();
  await page.clock.install();
  await page.reload();
  await page.getByRole('table', { name: 'Events by category' }).waitFor();
  await page.getByRole('list', { name: 'Newest remediations' }).waitFor();
  await page.getByText('Ready', { exact: true }).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await showTab(page, 'hidden');
  await page.clock.fastForward(130_000);
  expect(asked).toEqual([]);
  const next = page.waitForRequest('**/api/v1/audit/status');
  await showTab(page, 'visible');
  await next;
});

const guarded = withGuardedServer();

it('helps to send the first event by programs that work as they are', async () => {
  const page = await openPage('/', { url: guarded().server.url, expectedStatuses: [401] });
  await page.getByLabel('Bearer token').fill(guarded().tokens.of('reader'));
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.getByRole('heading', { name: 'Send your first event' }).waitFor();
  await checkEveryView(page, 'overview-empty');
  const programs: string[] = [];
  for (const language of ['curl', 'TypeScript']) {
    await page.getByRole('button', { name: language }).click();
    programs.push((await page.locator('pre').textContent()) ?? '');
  }
  const env = { ...process.env, AUDIT_TOKEN: guarded().tokens.of('writer') };
  const [command = '', program = ''] = programs;
  const options = { cwd: installed, env };
  await promisify(execFile)('bash', ['-c', command], options);
  await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program], options);
  const found = await fetch(`${guarded().server.url}/api/v1/audit/events?correlation_id=rr-first`, {
    headers: { authorization: `Bearer ${guarded().tokens.of('reader')}` },
  });
  // Checked against the contract by the server's own tests.
  const { data } = (await found.json()) as AuditEventsQueryResponse;
  expect(data.map(({ event_type }) => event_type)).toEqual(Array(2).fill('gateway.signal.received'));
  await page.reload();
  const newest = page.getByRole('list', { name: 'Newest remediations' });
  await newest.waitFor();
  expect(await newest.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('MyFirstAlert'),
  ]);
});

// Where the packages that the program imports are installed.
const installed = fileURLToPath(new URL('../../simulator', import.meta.url));

const outcomes = ['success', 'failure', 'pending'] as const;
const numberText = (value: number): string => new Intl.NumberFormat('en').format(value);

interface Sought {
  readonly category?: string;
  readonly outcome?: string;
}

function sumOf(buckets: AuditStatistics['buckets'], { category, outcome }: Sought): number {
  return buckets
    .flatMap(({ counts }) => counts)
    .filter(({ event_category }) => category === undefined || event_category === category)
    .filter(({ event_outcome }) => outcome === undefined || event_outcome === outcome)
    .reduce((sum, { count }) => sum + count, 0);
}

function expectedCategories({ buckets }: AuditStatistics): string[][] {
  const categories = [...new Set(buckets.flatMap(({ counts }) => counts.map((each) => each.event_category)))];
  return categories
    .toSorted(
      (a, b) => sumOf(buckets, { category: b }) - sumOf(buckets, { category: a }) || a.localeCompare(b),
    )
    .map((category) => [
      category,
      ...outcomes.map((outcome) => numberText(sumOf(buckets, { category, outcome }))),
      numberText(sumOf(buckets, { category })),
    ]);
}

function alertOf(signal: AuditRecord | undefined): unknown {
  return signal !== undefined && 'alert_name' in signal.event_data ? signal.event_data.alert_name : undefined;
}

async function trailsOf(page: Page, list: string): Promise<string[]> {
  return Promise.all((await page.getByRole('list', { name: list }).getByRole('link').all()).map(trailOf));
}

async function trailOf(link: Locator): Promise<string> {
  return decodeURIComponent((await link.getAttribute('href'))?.split('/').at(-1) ?? '');
}

// Hidden or shown as by another tab in front of it, which a browser without windows has not.
async function showTab(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
}
