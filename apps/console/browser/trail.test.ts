import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { type FoundEvent, findEvent } from './support/find-event.ts';
import { openPage } from './support/open-page.ts';

const failedWorkflow = () => findEvent('event_type=workflowexecution.workflow.failed');

async function openTrail(event: FoundEvent): Promise<Page> {
  const page = await openPage(`/trail/${event.correlation_id}`);
  await page.getByRole('list', { name: 'Steps of the trail' }).waitFor();
  return page;
}

it('from a pasted log line to the failed step, its raw record and its proof', async () => {
  const failed = await failedWorkflow();
  const page = await openPage('/search');
  await page.getByRole('list', { name: 'Events found' }).waitFor();
  const line = `2026-01-14T09:30:00Z ERROR workflow failed correlation_id=${failed.correlation_id} attempt=1`;
  await page.getByRole('searchbox').fill(line);
  await page.getByText(`Enter searches for correlation ${failed.correlation_id}`).waitFor();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByRole('button', { name: `Take away correlation ${failed.correlation_id}` }).waitFor();
  expect(new URL(page.url()).searchParams.get('correlation_id')).toBe(failed.correlation_id);
  await page.locator('[data-row="0"]', { hasText: failed.correlation_id }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('heading', { name: 'What failed' }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await checkEveryView(page, 'trail-failed');
  await page.getByRole('link', { name: 'Workflow failed' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Workflow failed' });
  await drawer.getByText('What it says').waitFor();
  expect(new URL(page.url()).searchParams.get('event')).toBe(failed.event_id);
  await checkEveryView(page, 'trail-event');
  await drawer.getByRole('tab', { name: 'Raw record' }).click();
  await drawer.getByText('Their leaf hash, computed here, is the one of the log').waitFor();
  expect(await drawer.locator('pre').textContent()).toContain('{"version":"1.0"');
  await drawer.getByRole('tab', { name: 'Proof' }).click();
  await drawer.getByText('consistent, but unwitnessed').waitFor();
  expect(await drawer.getByRole('list').getByText('holds').count()).toBe(3);
  await checkEveryView(page, 'trail-proof');
});

it('tells what was asked, answered, allowed, approved and changed, and what is not on record', async () => {
  const approved = await findEvent(
    'event_type=webhook.approval.decided&detail_key=decision&detail_value=Approved',
  );
  const page = await openTrail(approved);
  const stages = page.getByRole('list', { name: 'Decision path' }).getByRole('heading', { level: 3 });
  expect(await stages.allTextContents()).toEqual(
    ['Signal', 'Classification', 'AI analysis', 'Policy', 'Approval', 'Change', 'Effect', 'Notification'].map(
      (title, place) => `${place + 1}${title}`,
    ),
  );
  const path = await page.getByRole('list', { name: 'Decision path' }).textContent();
  for (const text of [
    'You investigate an incident',
    'Confidence',
    'Decided by',
    'marta.keller@example.com',
    'Target',
  ]) {
    expect(path).toContain(text);
  }
  await page.getByRole('list', { name: 'Decision path' }).scrollIntoViewIfNeeded();
  await checkEveryView(page, 'trail-decisions');
});

it('gives personal data of an approval as an export only, and verifies its digests then', async () => {
  const decided = await findEvent('event_type=webhook.approval.decided');
  const page = await openPage(`/trail/${decided.correlation_id}?event=${decided.event_id}`);
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('tab', { name: 'Proof' }).click();
  await drawer.getByText('cannot check all of it').waitFor();
  await drawer.getByRole('tab', { name: 'Raw record' }).click();
  await drawer.getByRole('button', { name: 'Export the exact record' }).click();
  await drawer.getByText('Their leaf hash, computed here').waitFor();
  await drawer.getByRole('button', { name: 'Show more' }).click();
  const record = await drawer.locator('pre').textContent();
  expect(record).toContain('"_sd":[');
  expect(record).not.toContain('@example.com');
  await drawer.getByRole('tab', { name: 'Proof' }).click();
  await drawer.getByText('consistent, but unwitnessed').waitFor();
});

it('is walked by keyboard alone: steps, causes, the drawer and back', async () => {
  const failed = await failedWorkflow();
  const page = await openTrail(failed);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-row'));
  await page.locator('[data-row="0"]').focus();
  for (const key of ['ArrowDown', 'j', 'j', 'k', 'ArrowUp', 'j']) await page.keyboard.press(key);
  await expect.poll(focused).toBe('2');
  expect(await page.getByText('cause', { exact: true }).count()).toBe(1);
  await page.keyboard.press('End');
  await expect.poll(focused).not.toBe('2');
  await page.keyboard.press('Home');
  await expect.poll(focused).toBe('0');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Signal received' });
  await drawer.waitFor();
  await page.keyboard.press('j');
  await page.getByRole('dialog', { name: 'Remediation request created' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(focused).toBe('1');
  await page.reload();
  await page.getByRole('list', { name: 'Steps of the trail' }).waitFor();
});

it('narrows the steps to those of a service', async () => {
  const page = await openTrail(await failedWorkflow());
  await page.getByRole('button', { name: /^gateway/ }).click();
  const steps = page.getByRole('list', { name: 'Steps of the trail' }).getByRole('link');
  const services = await steps.allTextContents();
  expect(services.length).toBeGreaterThan(0);
  expect(services.every((text) => text.includes('gateway'))).toBe(true);
  await page.getByRole('button', { name: 'Show every step' }).click();
  expect(await steps.count()).toBeGreaterThan(services.length);
});

it('compares with another run that it offers, side by side', async () => {
  const failed = await failedWorkflow();
  const page = await openTrail(failed);
  await page.getByRole('button', { name: 'Compare' }).click();
  const runs = page.getByRole('list', { name: 'Other runs' });
  const text = page.getByText('No other run of this alert or workflow');
  await runs.or(text).first().waitFor();
  const other = await findEvent('event_type=workflowexecution.workflow.completed');
  await page.getByLabel('Correlation id of the other run').fill(other.correlation_id);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Compared with another run' }).waitFor();
  expect(new URL(page.url()).searchParams.get('with')).toBe(other.correlation_id);
  const panel = page.getByText(`audit diff ${failed.correlation_id} ${other.correlation_id}`);
  await panel.waitFor();
  await page.getByRole('heading', { name: 'Compared with another run' }).scrollIntoViewIfNeeded();
  await checkEveryView(page, 'trail-compare');
  await page.getByRole('link', { name: other.correlation_id }).click();
  await page.getByRole('link', { name: failed.correlation_id }).waitFor();
});
