import type { Figures, MeasuredConsole } from './figures.ts';
import { openConsole } from './open-console.ts';

const trials = 3;

/** Scrolls through the longest trail of the log, which `postLongTrail` of the benchmarks stored. */
export async function measureScrolling(console: MeasuredConsole): Promise<Figures> {
  const page = await openConsole(console);
  await page.goto('/trail/rr-long');
  await page.getByText('20,000 steps').waitFor({ timeout: 120_000 });
  const framesPerSecond: number[] = [];
  const rowsMost: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const scrolled = await page.evaluate(scrollThrough);
    framesPerSecond.push(scrolled.framesPerSecond);
    rowsMost.push(scrolled.rowsMost);
  }
  return { framesPerSecond, rowsMost };
}

async function scrollThrough() {
  scrollTo(0, 0);
  await new Promise(requestAnimationFrame);
  const frames = 300;
  let rowsMost = 0;
  const begin = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    scrollBy(0, 400);
    await new Promise(requestAnimationFrame);
    rowsMost = Math.max(rowsMost, document.querySelectorAll('[data-row]').length);
  }
  return { rowsMost, framesPerSecond: (frames * 1_000) / (performance.now() - begin) };
}
