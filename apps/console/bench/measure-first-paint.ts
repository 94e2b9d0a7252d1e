import type { Figures, MeasuredConsole } from './figures.ts';
import { openConsole } from './open-console.ts';

const trials = 5;

/** Opens the overview in a browser that has never been there. */
export async function measureFirstPaint(console: MeasuredConsole): Promise<Figures> {
  const paintMs: number[] = [];
  const panelsMs: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const page = await openConsole(console);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Newest remediations' }).waitFor();
    panelsMs.push(await page.evaluate(() => performance.now()));
    const [paint] = await page.evaluate(() =>
      performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime),
    );
    if (paint === undefined) throw new Error('the browser painted nothing');
    paintMs.push(paint);
    await page.context().close();
  }
  return { paintMs, panelsMs };
}
