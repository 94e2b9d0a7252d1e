import { median, percentile } from './measure.ts';
import { postEvents } from './post-events.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const pageEvents = 10;
const pagesBefore = 10_000;
const eventsPerStep = 1_000;
const calls = 300;
/** Events that {@link measureReading} needs. */
export const eventsRead = (pagesBefore + calls) * pageEvents;

/** Measures reading from a log that holds no more than it needs. */
export function measureQueries(): Promise<BenchRow[]> {
  return withService(async ({ url }) => {
    await postEvents(url, 0, eventsRead);
    return measureReading(url);
  });
}

/** Measures reading: one trail, the newest page of a filter, and a page far behind by cursor against the first. */
export async function measureReading(url: string): Promise<BenchRow[]> {
  const query = `${url}/api/v1/audit/events`;
  const trail = await timeCalls((call) => fetchPage(`${query}?correlation_id=${correlationOf(call)}`));
  const newest = await timeCalls(() =>
    fetchPage(`${query}?event_type=workflowexecution.workflow.failed&event_outcome=failure`),
  );
  const paged = `${query}?order=asc&limit=${pageEvents}`;
  const first = await timeCalls(() => fetchPage(paged));
  let cursor = await cursorBehind(`${query}?order=asc&limit=${eventsPerStep}`, pagesBefore * pageEvents);
  const deep = await timeCalls(async () => {
    cursor = await fetchPage(`${paged}&cursor=${cursor}`);
  });
  return [
    toRow('one correlation', trail),
    toRow('newest page of a filter', newest),
    toRow('page 1', first),
    {
      ...toRow(`page ${pagesBefore} and after, by cursor`, deep),
      ratio: `${(median(deep) / median(first)).toFixed(2)} of page 1`,
      goal: 'p99 at most 20 ms, at most 1.50',
    },
  ];
}

async function timeCalls(run: (call: number) => Promise<unknown>): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const startMs = performance.now();
    await run(call);
    milliseconds.push(performance.now() - startMs);
  }
  return milliseconds;
}

async function fetchPage(url: string): Promise<string | null> {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the service answered ${response.status}: ${text}`);
  // The contract says so of a page.
  const { data, pagination } = JSON.parse(text) as {
    readonly data: readonly unknown[];
    readonly pagination: { readonly next_cursor: string | null };
  };
  if (data.length === 0) throw new Error(`there is nothing at ${url}`);
  return pagination.next_cursor;
}

// A cursor is a place in the log, whatever the size of the page that ended there.
async function cursorBehind(url: string, records: number): Promise<string | null> {
  let cursor = await fetchPage(url);
  for (let read = eventsPerStep; read < records; read += eventsPerStep) {
    cursor = await fetchPage(`${url}&cursor=${cursor}`);
  }
  return cursor;
}

function correlationOf(call: number): string {
  return `rr-${call.toString(16).padStart(12, '0')}`;
}

function toRow(name: string, milliseconds: readonly number[]): BenchRow {
  const [p50, p99] = [median(milliseconds), percentile(milliseconds, 0.99)];
  return { name, figure: `${p50.toFixed(1)} ms (p99 ${p99.toFixed(1)} ms)`, goal: 'p99 at most 20 ms' };
}
