import { chromium } from 'playwright-core';
import { findChromium } from '../browser/support/find-chromium.ts';
import type { Measurement } from './figures.ts';
import { measureArrivals } from './measure-arrivals.ts';
import { measureFilters } from './measure-filters.ts';
import { measureFirstPaint } from './measure-first-paint.ts';
import { measureScrolling } from './measure-scrolling.ts';
import { measureVerification } from './measure-verification.ts';

const measurements: Readonly<Record<string, Measurement>> = {
  arrivals: measureArrivals,
  filters: measureFilters,
  paint: measureFirstPaint,
  scrolling: measureScrolling,
  verification: measureVerification,
};

const [name = '', url = '', latency = '0'] = process.argv.slice(2);
const measure = measurements[name];
if (measure === undefined || !URL.canParse(url)) {
  process.stderr.write(
    `bench: expected ${Object.keys(measurements).join(', ')}, the address of a server and a latency in ms, received ${process.argv.slice(2).join(' ')}\n`,
  );
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--headless', '--disable-gpu', '--disable-background-networking'],
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  process.stdout.write(`${JSON.stringify(await measure({ browser, url, latencyMs: Number(latency) }))}\n`);
} finally {
  await browser.close();
}
