import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Checks what is on the page now by the rules of WCAG 2.2 AA that a program can check. */
export async function checkAccessibility(page: Page): Promise<void> {
  // The rule `region` is left out: an open menu stands outside of all regions.
  // Evaluated by the debugging protocol, which the content security policy does not bind.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const results = await window.axe.run(
      // Catches the focus at the edges of an open menu and passes it on at once.
      { exclude: '[data-base-ui-focus-guard]' },
      { runOnly: tags, rules: { region: { enabled: false } } },
    );
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }));
  }, rules);
  expect(violations).toEqual([]);
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
