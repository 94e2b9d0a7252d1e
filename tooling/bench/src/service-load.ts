import { setTimeout as delay } from 'node:timers/promises';

/** What the service has needed, as it says itself. */
export interface ServiceLoad {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** Seconds by stage of storing events. */
  readonly stages: ReadonlyMap<string, number>;
  /** Full tiles of 256 records that it has stored. */
  readonly tiles: number;
  /** Delay of its event loop, 99th percentile since the last reading, in milliseconds. */
  readonly loopDelayMs: number;
}

/** Reads what a service has needed from its metrics. */
export async function readLoad(url: string): Promise<ServiceLoad> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => {
    const [, figure] = new RegExp(`^${name} (\\S+)$`, 'm').exec(text) ?? [];
    if (figure === undefined) throw new Error(`the service does not export ${name}`);
    return Number(figure);
  };
  return {
    cpuSeconds: value('process_cpu_seconds_total'),
    residentBytes: value('process_resident_memory_bytes'),
    stages: new Map(
      [...text.matchAll(/^datastorage_stage_seconds_total\{stage="(\w+)"\} (\S+)$/gm)].map(
        ([, stage = '', seconds]) => [stage, Number(seconds)],
      ),
    ),
    tiles: value('datastorage_tiles_published'),
    loopDelayMs: value('nodejs_eventloop_lag_p99_seconds') * 1_000,
  };
}

/** Reads what a service has needed when it has stored the tiles of so many records and has nothing to do any more. */
export async function readSettledLoad(url: string, records: number): Promise<ServiceLoad> {
  const tiles = Math.floor(records / tileRecords);
  for (;;) {
    const load = await readLoad(url);
    if (load.tiles >= tiles) return load;
    await delay(100);
  }
}

/** Records of a full tile. */
export const tileRecords = 256;

/** Writes how long each stage took for a number of events between two readings, in microseconds an event. */
export function formatStages(before: ServiceLoad, after: ServiceLoad, events: number): string {
  const parts = [...after.stages].map(([stage, seconds]) => {
    const microseconds = ((seconds - (before.stages.get(stage) ?? 0)) * 1e6) / events;
    return `${stage} ${microseconds.toFixed(1)}`;
  });
  return `${parts.join(', ')} µs`;
}

/** Writes what a service needed for a number of events between two readings. */
export function formatLoad(before: ServiceLoad, after: ServiceLoad, events: number): string {
  const microseconds = ((after.cpuSeconds - before.cpuSeconds) * 1e6) / events;
  const mebibytes = after.residentBytes / 1_048_576;
  return `${microseconds.toFixed(0)} µs an event, ${mebibytes.toFixed(0)} MiB, event loop p99 ${after.loopDelayMs.toFixed(1)} ms`;
}
