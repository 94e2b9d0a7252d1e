import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './measure.ts';
import { sampleBodies } from './sample-bodies.ts';
import type { BenchRow } from './table.ts';
import { withService } from './with-service.ts';

const eventsPerBatch = 250;
const batchesPerSecond = 20;
const warmUpBatches = 40;
const batches = 300;

/**
 * Measures how far the signed checkpoint is behind at a steady 5,000 events a second: from the answer of a write to the answer
 * that proves its last event to be in the tree of the newest checkpoint.
 */
export function measureLag(): Promise<BenchRow[]> {
  return withService(async ({ url }) => {
    const bodies = sampleBodies(warmUpBatches + batches, eventsPerBatch);
    const milliseconds: number[] = [];
    let late = 0;
    const startMs = performance.now();
    const exchanges: Promise<void>[] = [];
    for (const [index, body] of bodies.entries()) {
      const wait = startMs + (index * 1_000) / batchesPerSecond - performance.now();
      if (wait > 0) await sleep(wait);
      else late += 1;
      const exchange = storeAndProve(url, body);
      exchanges.push(exchange.then((lag) => void (index >= warmUpBatches && milliseconds.push(lag))));
    }
    await Promise.all(exchanges);
    const rate = eventsPerBatch * batchesPerSecond;
    return [
      { name: `steady ${rate} events/s`, figure: `${batches} writes, ${late} sent late` },
      {
        name: 'checkpoint behind the answer, median',
        figure: `${percentile(milliseconds, 0.5).toFixed(1)} ms`,
      },
      {
        name: 'checkpoint behind the answer, p99',
        figure: `${percentile(milliseconds, 0.99).toFixed(1)} ms`,
        goal: 'at most 1000 ms',
      },
    ];
  });
}

/** Stores a batch; milliseconds from its answer until its last event is proven to be in a checkpoint. */
async function storeAndProve(url: string, body: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const stored = await fetch(`${url}/api/v1/audit/events/batch`, { method: 'POST', headers, body });
  const startMs = performance.now();
  if (stored.status !== 201) throw new Error(`the service answered ${stored.status}`);
  // The bench sends to the service of this repository, whose answers are checked by its own tests.
  const { event_ids: ids } = (await stored.json()) as { readonly event_ids: readonly string[] };
  for (;;) {
    const proof = await fetch(`${url}/api/v1/audit/proofs/inclusion?event_id=${ids.at(-1)}`);
    await proof.arrayBuffer();
    if (proof.status === 200) return performance.now() - startMs;
    if (proof.status !== 404) throw new Error(`the service answered ${proof.status} for a proof`);
  }
}
