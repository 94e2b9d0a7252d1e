import { expect, it } from 'vitest';
import { checkAccessibility } from './support/check-accessibility.ts';
import { openPage } from './support/open-page.ts';

it('the pages are reached by their links and by keyboard, and say where one is', async () => {
  const page = await openPage('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  for (const name of ['Search', 'Trail', 'Evidence', 'Live', 'Catalogue', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    expect(await page.title()).toBe(`${name} · Audit trail`);
    expect(await page.locator('[aria-current=page]').allTextContents()).toContain(name);
  }
});

it('the theme is chosen by keyboard and remembered', async () => {
  const page = await openPage('/catalogue');
  const surface = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await surface();
  await page.getByRole('button', { name: 'Theme: As the system' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
  await checkAccessibility(page);
  await page.getByRole('menuitemradio', { name: 'Dark' }).press('Enter');
  await page.getByRole('button', { name: 'Theme: Dark' }).waitFor();
  const dark = await surface();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await surface()).toBe(dark);
});
