import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** Keeps what the window shows as `apps/console/screenshots/<name>.png`, for people to look at. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../screenshots/${name}.png`, import.meta.url));
  await page.screenshot({ path });
}
