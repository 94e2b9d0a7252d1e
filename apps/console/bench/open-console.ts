import type { Page } from 'playwright-core';
import type { MeasuredConsole } from './figures.ts';

/** Opens a tab of a browser profile of its own, whose requests take longer as is asked. */
export async function openConsole({ browser, url, latencyMs }: MeasuredConsole): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  if (latencyMs > 0) {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  }
  return page;
}
