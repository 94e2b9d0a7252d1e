import type { Figures, MeasuredConsole } from './figures.ts';
import { openConsole } from './open-console.ts';

const trials = 5;

/** Has the browser verify the whole log, which is fetched each time. */
export async function measureVerification(console: MeasuredConsole): Promise<Figures> {
  const page = await openConsole(console);
  await page.goto('/evidence');
  const verifyMs: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    await page.getByRole('button', { name: /^Verify (?:in my browser|again)$/ }).waitFor();
    verifyMs.push(await page.evaluate(verifyOnce));
  }
  return { verifyMs };
}

async function verifyOnce(): Promise<number> {
  // Away while it works.
  const button = () =>
    [...document.querySelectorAll('button')].find(({ textContent }) =>
      /^Verify (?:in my browser|again)$/.test(textContent ?? ''),
    );
  const begin = performance.now();
  button()?.click();
  while (button() !== undefined) await new Promise(requestAnimationFrame);
  while (button() === undefined) await new Promise(requestAnimationFrame);
  const took = performance.now() - begin;
  if (document.querySelector('article[aria-label^="Verdict"]') === null)
    throw new Error('there is no verdict');
  return took;
}
