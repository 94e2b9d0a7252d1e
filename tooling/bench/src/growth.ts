import { postEvents } from './post-events.ts';
import { eventsRead, measureReading } from './queries.ts';
import { formatLoad, readLoad } from './service-load.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const warmUpEvents = 20_000;
const measuredEvents = 50_000;
const storedEvents = Number(process.env.AUDIT_BENCH_EVENTS ?? 200_000);

/** Measures ingest into a log that holds many events against ingest into an empty one, and reading from it. */
export function measureGrowth(): Promise<BenchRow[]> {
  return withService(async ({ url }) => {
    await postEvents(url, 0, warmUpEvents);
    const empty = await measure(url, warmUpEvents);
    await postEvents(url, warmUpEvents + measuredEvents, storedEvents);
    const full = await measure(url, Math.max(storedEvents, warmUpEvents + measuredEvents));
    const reading = storedEvents < eventsRead ? [] : await measureReading(url);
    return [
      { name: 'into an empty log', figure: `${Math.round(empty.rate)} events/s` },
      {
        name: `behind ${storedEvents} events`,
        figure: `${Math.round(full.rate)} events/s`,
        ratio: `${(full.rate / empty.rate).toFixed(2)} of empty`,
        goal: 'at least 0.90',
      },
      { name: 'the service, empty log', figure: empty.load },
      { name: `the service, ${storedEvents} events`, figure: full.load },
      ...reading.map((row) => ({ ...row, name: `${row.name}, of ${storedEvents} events` })),
    ];
  });
}

async function measure(
  url: string,
  begin: number,
): Promise<{ readonly rate: number; readonly load: string }> {
  const before = await readLoad(url);
  const seconds = await postEvents(url, begin, begin + measuredEvents);
  const load = formatLoad(before, await readLoad(url), measuredEvents);
  return { rate: measuredEvents / seconds, load };
}
