import type { Page } from 'playwright-core';
import type { Figures, MeasuredConsole } from './figures.ts';
import { openConsole } from './open-console.ts';

const trials = 3;

interface Place {
  readonly path: string;
  /** Name of the link to it in the navigation; undefined for pages that it does not lead to. */
  readonly link?: string;
  /** What people come for. */
  readonly content: (page: Page) => Promise<void>;
}

const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor();
const firstOf = (list: string, role: 'link' | 'listitem') => (page: Page) =>
  page.getByRole('list', { name: list }).getByRole(role).first().waitFor();

const places: readonly Place[] = [
  { path: '/', link: 'Overview', content: firstOf('Newest remediations', 'listitem') },
  { path: '/search', link: 'Search', content: firstOf('Events found', 'link') },
  { path: '/trail', link: 'Trail', content: heading('Trails of the newest events') },
  { path: '/trail/rr-000000000064', content: heading('How it was decided') },
  { path: '/evidence', link: 'Evidence', content: heading('What the log states') },
  {
    path: '/live',
    link: 'Live',
    content: (page) => page.getByRole('table', { name: 'Events as they come' }).waitFor(),
  },
  { path: '/catalogue', link: 'Catalogue', content: heading('gateway') },
];

/** Comes to every page by its address, with nothing in the browser's memory, and by the navigation of the console. */
export async function measureArrivals(console: MeasuredConsole): Promise<Figures> {
  const figures: Record<string, readonly number[]> = {};
  for (const { path, link, content } of places) {
    figures[`${path} by address`] = await repeat(() => comeTo(console, path, content));
    if (link === undefined) continue;
    figures[`${path} by navigation`] = await repeat(() => navigate(console, link, content));
  }
  return figures;
}

async function repeat(work: () => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  for (let trial = 0; trial < trials; trial++) figures.push(await work());
  return figures;
}

async function comeTo(console: MeasuredConsole, path: string, content: Place['content']): Promise<number> {
  const page = await openConsole(console);
  const begin = performance.now();
  await page.goto(path, { waitUntil: 'commit' });
  await arrive(page, content);
  const took = performance.now() - begin;
  await page.context().close();
  return took;
}

async function arrive(page: Page, content: Place['content']): Promise<void> {
  try {
    await content(page);
  } catch (cause) {
    const text = await page.evaluate(() => document.body.textContent ?? '');
    throw new Error(`${page.url()} does not show what people come for, but: ${text.slice(0, 500)}`, {
      cause,
    });
  }
}

// By keyboard: a pointer would be over the link before, and the page be loaded meanwhile.
async function navigate(console: MeasuredConsole, link: string, content: Place['content']): Promise<number> {
  const page = await openConsole(console);
  await page.goto(link === 'Catalogue' ? '/evidence' : '/catalogue');
  await page.waitForLoadState('networkidle');
  const begin = performance.now();
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: link })
    .evaluate((element) => {
      if (element instanceof HTMLElement) element.click();
    });
  await arrive(page, content);
  const took = performance.now() - begin;
  await page.context().close();
  return took;
}
