import fc from 'fast-check';
import { expect } from 'vitest';
import type { Spool, SpoolEntry } from './spool.ts';
import type { ConformanceSubject } from './spool-conformance.test-support.ts';

interface ModelEntry {
  readonly sequence: number;
  readonly key: string;
  readonly text: string;
}

interface Model {
  waiting: ModelEntry[];
  readonly dead: ModelEntry[];
  next: number;
}

interface Real {
  spool: Spool;
  readonly reopen: (() => Promise<Spool>) | undefined;
}

type Command = fc.AsyncCommand<Model, Real>;

/** The property that a spool answers every series of calls as a list would. */
export function runSpoolModel(
  create: () => Promise<ConformanceSubject>,
): fc.IAsyncProperty<[Iterable<Command>]> {
  return fc.asyncProperty(fc.commands(anyCommand(), { maxCommands: 40 }), async (commands) => {
    const { spool, reopen } = await create();
    const real = { spool, reopen };
    await fc.asyncModelRun(() => ({ model: { waiting: [], dead: [], next: 1 }, real }), commands);
    await real.spool.close();
  });
}

function anyCommand(): fc.Arbitrary<Command>[] {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('x'.repeat(900)));
  return [
    fc.tuple(fc.string({ unit: 'grapheme', maxLength: 12 }), text).map((input) => append(...input)),
    text.map((value) => append('key', value)),
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(2_000), fc.infiniteStream(fc.boolean()))
      .map((given) => take(...given)),
    fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(5)).map((given) => bury(...given)),
    fc.constant(reopenCommand),
  ];
}

function append(key: string, text: string): Command {
  return command(`append ${JSON.stringify(key)}`, async (model, real) => {
    expect(real.spool.append({ key, text })).toEqual({ status: 'appended', sequence: model.next });
    model.waiting.push({ sequence: model.next, key, text });
    model.next += 1;
  });
}

function take(entriesMax: number, bytesMax: number, choice: fc.Stream<boolean>): Command {
  return command(`peek ${entriesMax}, ${bytesMax} bytes, and acknowledge some`, async (model, real) => {
    const entries = await peek(model, real, entriesMax, bytesMax);
    const chosen = entries.filter(() => choice.next().value);
    real.spool.acknowledge(chosen.toReversed());
    for (const { sequence } of chosen) remove(model, sequence);
  });
}

function bury(entriesMax: number, index: number): Command {
  return command(`peek ${entriesMax} and bury ${index}`, async (model, real) => {
    const entry = (await peek(model, real, entriesMax, 1_000_000))[index];
    if (entry === undefined) return;
    await real.spool.bury(entry, { reason: 'test', detail: '' });
    model.dead.push(remove(model, entry.sequence));
    model.dead.sort((a, b) => a.sequence - b.sequence);
  });
}

const reopenCommand = command('close and open again', async (_, real) => {
  if (real.reopen === undefined) return;
  real.spool = await real.reopen();
});

async function peek(
  model: Model,
  real: Real,
  entriesMax: number,
  bytesMax: number,
): Promise<readonly SpoolEntry[]> {
  const entries = await real.spool.peek({ entriesMax, bytesMax });
  const found = entries.map(({ sequence, key, payload }) => ({
    sequence,
    key,
    text: Buffer.from(payload).toString(),
  }));
  const expected = [];
  let bytes = 0;
  for (const entry of model.waiting.slice(0, entriesMax)) {
    bytes += Buffer.byteLength(entry.text);
    if (bytes > bytesMax && expected.length > 0) break;
    expected.push(entry);
  }
  expect(found).toEqual(expected);
  return entries;
}

function remove(model: Model, sequence: number): ModelEntry {
  const entry = model.waiting.find((candidate) => candidate.sequence === sequence);
  if (entry === undefined) throw new Error(`the model has no entry ${sequence}`);
  model.waiting = model.waiting.filter((candidate) => candidate !== entry);
  return entry;
}

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    async run(model, real) {
      await run(model, real);
      expect(real.spool.statistics()).toMatchObject({
        entries: model.waiting.length,
        firstSequence: model.waiting[0]?.sequence ?? model.next,
        nextSequence: model.next,
        deadLetters: model.dead.length,
        damagedEntries: 0,
      });
      expect((await real.spool.deadLetters()).map(({ sequence, text }) => ({ sequence, text }))).toEqual(
        model.dead.map(({ sequence, text }) => ({ sequence, text })),
      );
    },
    toString: () => name,
  };
}
