import { Counter, type Registry } from 'prom-client';
import type { Stage, Stages } from '../ingest/stages.ts';

const stages = [
  'parse',
  'check',
  'look_up',
  'record',
  'tree',
  'sign',
  'transaction',
  'tiles',
] as const satisfies readonly Stage[];

/** Counts the time that each stage of storing events takes. */
export class StageMetrics implements Stages {
  readonly #seconds: Counter<'stage'>;

  constructor(registry: Registry) {
    this.#seconds = new Counter({
      name: 'datastorage_stage_seconds_total',
      help: 'Time by stage of storing events. parse, check, record and tree compute; look_up, sign, transaction and tiles wait for the database or another thread, beside other work.',
      labelNames: ['stage'],
      registers: [registry],
    });
    for (const stage of stages) this.#seconds.inc({ stage }, 0);
  }

  compute<Result>(stage: Stage, work: () => Result): Result {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#add(stage, start);
    }
  }

  async wait<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#add(stage, start);
    }
  }

  #add(stage: Stage, start: number): void {
    this.#seconds.inc({ stage }, (performance.now() - start) / 1_000);
  }
}
