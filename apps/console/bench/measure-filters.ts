import type { Page } from 'playwright-core';
import type { Figures, MeasuredConsole } from './figures.ts';
import { openConsole } from './open-console.ts';

// Categories and times are looked up, outcomes are searched; together they are both.
const choices = [
  ['Category', 'gateway'],
  ['Outcome', 'failure'],
  ['Time', '24h'],
  ['Category', 'workflowexecution'],
  ['Outcome', 'success'],
  ['Type', 'workflowexecution.workflow.failed'],
  ['Time', '30d'],
  ['Outcome', ''],
  ['Category', ''],
  ['Outcome', 'pending'],
  ['Time', ''],
  ['Category', 'orchestration'],
  ['Outcome', 'failure'],
  ['Category', 'analysis'],
  ['Outcome', ''],
] as const;
const warmUpRounds = 1;
const rounds = 5;
const handMs = 500;

/** Changes one filter after the other by hand, from the choice until the rows of the answer are drawn. */
export async function measureFilters(console: MeasuredConsole): Promise<Figures> {
  const page = await openConsole(console);
  const resultMs: number[] = [];
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    // Opened anew: what was asked for before is shown from memory at once. No two choices of a round lead to the same filters.
    await page.goto('/search');
    await page.getByRole('list', { name: 'Events found' }).getByRole('link').first().waitFor();
    for (const choice of choices) {
      resultMs.push(await choose(page, choice));
      // Nobody chooses faster. The total, which comes behind the page, is counted meanwhile.
      await page.waitForTimeout(handMs);
    }
  }
  // A server that is asked for the first time compiles its code, and PostgreSQL reads what it holds ready afterwards.
  return { resultMs: resultMs.slice(warmUpRounds * choices.length) };
}

async function choose(page: Page, [label, value]: readonly [string, string]): Promise<number> {
  const select = page.getByRole('combobox', { name: label, exact: true });
  const handle = await select.elementHandle();
  if (handle === null) throw new Error(`there is no filter ${label}`);
  return page.evaluate(chooseAndWait, { handle, value });
}

// In the browser, so that the way to it is not measured: from the change until the frame behind the one that draws the answer.
async function chooseAndWait({ handle, value }: { handle: Node; value: string }): Promise<number> {
  const main = document.querySelector('main');
  if (main === null || !(handle instanceof HTMLSelectElement)) throw new Error('this is not the search page');
  const begin = performance.now();
  const isDone = () =>
    document.querySelector('[aria-label="Events found"]')?.closest('[aria-busy="false"]') != null ||
    main.textContent?.includes('No event matches') === true;
  const hasChanged = () => handle.value === value;
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(handle, value);
  handle.dispatchEvent(new Event('change', { bubbles: true }));
  await new Promise(requestAnimationFrame);
  while (!hasChanged() || !isDone()) {
    if (performance.now() - begin > 60_000)
      throw new Error(`the filter ${value} has no result after a minute`);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  const end = performance.now();
  // What is shown must be an answer to this question: else something else was measured.
  const isAnswered = performance.getEntriesByType('resource').some((entry) => {
    const { name, startTime, duration } = entry;
    return name.includes('/api/v1/audit/events?') && startTime >= begin && startTime + duration <= end;
  });
  if (!isAnswered) throw new Error(`the filter ${value} had a result before the server answered`);
  return end - begin;
}
