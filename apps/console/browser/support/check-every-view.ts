import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { checkAccessibility } from './check-accessibility.ts';
import { takeScreenshot } from './take-screenshot.ts';

const views = [
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 1280, height: 800 },
  { theme: 'dark', width: 390, height: 844 },
  { theme: 'light', width: 390, height: 844 },
] as const;

/**
 * Looks at what is on the page in light and dark, wide and narrow: it must be accessible and no wider than the window. Keeps a
 * screenshot of each as `<name>-<theme>-<width>.png`.
 */
export async function checkEveryView(page: Page, name: string): Promise<void> {
  for (const { theme, width, height } of views) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height });
    await takeScreenshot(page, `${name}-${theme}-${width}`);
    await checkAccessibility(page);
    expect(await overflowOf(page), `${name} at ${width} pixels`).toBe(0);
  }
}

// Pixels by which the page is wider than its window, which would have it scroll sideways.
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  );
}
