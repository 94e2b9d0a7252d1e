import { type AuditServer, startAuditServer } from '@audit/environments';
import {
  type DraftMembers,
  draftEvent,
  gatewayEvents,
  orchestratorEvents,
  signalProcessingEvents,
} from '@audit/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkEveryView } from './support/check-every-view.ts';
import { openPage } from './support/open-page.ts';
import { type PostedEvent, postEvents } from './support/post-events.ts';

let server: AuditServer;

beforeAll(async () => {
  server = await startAuditServer({ program: 'build' });
});

afterAll(() => server.stop());

const startMs = Date.now() - 3_600_000;

function at(offsetMs: number, draft: object): PostedEvent {
  return { ...draft, event_timestamp: new Date(startMs + offsetMs).toISOString() };
}

type SignalMembers = DraftMembers<typeof gatewayEvents.signalReceived>;

function signalOf(correlationId: string, data: Partial<SignalMembers['event_data']> = {}): object {
  return draftEvent(gatewayEvents.signalReceived, {
    correlation_id: correlationId,
    event_outcome: 'success',
    event_data: {
      signal_type: 'prometheus-alert',
      alert_name: 'HighErrorRate',
      namespace: 'payments',
      fingerprint: 'f1',
      severity: 'critical',
      resource_kind: 'Deployment',
      resource_name: 'checkout',
      ...data,
    },
  });
}

function startOf(correlationId: string): object {
  return draftEvent(orchestratorEvents.lifecycleStarted, {
    correlation_id: correlationId,
    event_outcome: 'pending',
    event_data: { rr_name: correlationId, namespace: 'payments' },
  });
}

const hostile = [
  '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
  '\u001b]0;owned\u0007\u001b[2J',
  '\u202Etxt.exe\u2066',
  'a\u200Bb\u00ADc\u{E0041}',
  'Z̸̢̛͍a̶l͇g̵ó 👩‍👩‍👧 ﷽',
  '"},{"event_hash":"00"}],"pagination":{',
] as const;

it('shows hostile text harmlessly on both pages, in the drawer and in the address', async () => {
  const correlationId = `a/b?c#d%2e ${hostile[0]}`.slice(0, 250);
  const long = `${hostile.join('\n')}\n${'x\u202E'.repeat(30_000)}`;
  const event = at(
    0,
    signalOf(correlationId, {
      alert_name: hostile[0],
      resource_name: hostile[2],
      namespace: hostile[3],
      signal_annotations: { [hostile[4]]: hostile[1], summary: long },
    }),
  );
  await postEvents(server.url, [{ ...event, actor_id: hostile[5], resource_id: hostile[2] }]);
  const page = await openPage('/search', { url: server.url });
  await page.getByRole('list', { name: 'Events found' }).getByRole('link').first().waitFor();
  await isHarmless(page);
  await checkEveryView(page, 'search-hostile');
  await page.locator('[data-row="0"]').click();
  const drawer = page.getByRole('dialog', { name: 'Signal received' });
  await drawer.getByText('What it says').waitFor();
  await drawer.getByRole('button', { name: /^Show more: / }).click();
  await isHarmless(page);
  await checkEveryView(page, 'trail-hostile');
  await drawer.getByRole('tab', { name: 'Raw record' }).click();
  await drawer.getByText('Their leaf hash, computed here, is the one of the log').waitFor();
  await isHarmless(page);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'How it was decided' }).waitFor();
  await isHarmless(page);
});

async function isHarmless(page: Page): Promise<void> {
  const seen = await page.evaluate(() => ({
    pwned: 'pwned' in window,
    images: document.querySelectorAll('main img, [role=dialog] img, main script').length,
    // Controls, format characters and lone surrogates, except the line ends that are shown as such.
    unseen: /[\p{Cc}\p{Cf}\p{Cs}]/u.test((document.body.textContent ?? '').replaceAll(/[\n\t\r]/g, '')),
  }));
  expect(seen).toEqual({ pwned: false, images: 0, unseen: false });
}

it('a remediation that goes on is said to be running, with what is not on record', async () => {
  const id = 'rr-3f9ab2c41d07-5e8c1a7b';
  await postEvents(server.url, [at(0, signalOf(id)), at(2_000, startOf(id))]);
  const page = await openPage(`/trail/${id}`, { url: server.url });
  await page.getByText('running', { exact: true }).waitFor();
  expect(await page.getByText('not on record', { exact: true }).count()).toBeGreaterThanOrEqual(6);
  await checkEveryView(page, 'trail-running');
});

it('scrolls through 20,000 events, of which only those in sight are drawn', async () => {
  const id = 'rr-20000000aaaa-bbbbcccc';
  const count = 20_000;
  const phases = ['Pending', 'Enriching', 'Classifying', 'Categorizing'] as const;
  const events = Array.from({ length: count - 2 }, (_, place) =>
    at(
      1_000 + place * 100,
      draftEvent(signalProcessingEvents.phaseTransition, {
        correlation_id: id,
        event_outcome: 'success',
        event_data: {
          phase: phases[place % 4] ?? 'Pending',
          signal: 'HighErrorRate',
          severity: 'critical',
          from_phase: phases[(place + 3) % 4] ?? 'Pending',
          to_phase: phases[place % 4] ?? 'Pending',
        },
      }),
    ),
  );
  await postEvents(server.url, [at(0, signalOf(id)), at(500, startOf(id)), ...events]);
  const page = await openPage(`/trail/${id}`, { url: server.url });
  await page.getByText('20,000 steps').waitFor({ timeout: 60_000 });
  const rows = page.locator('[data-row]');
  const scrolled = await page.evaluate(scrollThrough);
  expect(scrolled.longestTaskMs).toBeLessThan(500);
  expect(scrolled.rowsMost).toBeLessThan(120);
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('33 m');
  expect(await rows.count()).toBeLessThan(120);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
});

/** Scrolls a little with each frame; tells how many rows were drawn at most, and how long the longest task took. */
async function scrollThrough() {
  let longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  }).observe({ type: 'longtask' });
  let rowsMost = 0;
  const frames = 120;
  const begin = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    scrollBy(0, 400);
    await new Promise(requestAnimationFrame);
    rowsMost = Math.max(rowsMost, document.querySelectorAll('[data-row]').length);
  }
  const framesPerSecond = Math.round((frames * 1_000) / (performance.now() - begin));
  return { longestTaskMs, rowsMost, framesPerSecond };
}
