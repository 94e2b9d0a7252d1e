import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';

/** How a page is looked at. */
export interface PageView {
  /** Server to open it at; default the one with the simulator's data. */
  readonly url?: string;
  /** Statuses of answers that the test provokes, such as 401; default none. */
  readonly expectedStatuses?: readonly number[];
  /** Whether the test takes the server away; default false. */
  readonly losesServer?: boolean;
}

let connected: Promise<Browser> | undefined;

/**
 * Opens a path of the console in a browser of its own profile. When the test ends the page is closed, and the test fails if
 * the page wrote an error to its console, broke the content security policy, or asked anybody but its server.
 */
export async function openPage(path: string, view: PageView = {}): Promise<Page> {
  const { url = inject('serverUrl') } = view;
  connected ??= chromium.connect(inject('browserUrl'));
  const browser = await connected;
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const faults = watchFaults(page, url, view);
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(path);
  return page;
}

function watchFaults(page: Page, url: string, view: PageView): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    const isFault = message.type() === 'error' || message.type() === 'warning';
    if (isFault && !isProvoked(message.text(), view)) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
      faults.push(request.url());
  });
  return faults;
}

// The browser writes an error for every answer above 399 and every lost connection, whoever expects it.
function isProvoked(text: string, { expectedStatuses = [], losesServer = false }: PageView): boolean {
  const failed = 'Failed to load resource: ';
  // Said of every page that came by plain HTTP from elsewhere.
  if (text.startsWith('The Cross-Origin-Opener-Policy header has been ignored')) return true;
  if (losesServer && (lostBy(text) || text.startsWith('ApiFailure: '))) return true;
  return expectedStatuses.some((status) =>
    text.startsWith(`${failed}the server responded with a status of ${status} `),
  );
}

// A connection that is refused, or an answer that breaks off.
function lostBy(text: string): boolean {
  return /net::ERR_(?:CONNECTION_|INTERNET_DISCONNECTED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/.test(
    text,
  );
}
