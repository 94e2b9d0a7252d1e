import { closeSync, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

/**
 * What a producer notes while it runs, one line each, written before and after every `emit` with one system call. What
 * is in the ledger survives the producer.
 *
 * - `i <counter>`: the event is about to be emitted
 * - `a <counter>`: `emit` accepted it
 * - `r <counter> <reason>`: `emit` rejected it
 * - `d <counter>`: the client said that the event is a dead letter
 * - `f <kind>`: a fault was injected inside the producer
 * - `x <text>`: the producer saw something that must never happen
 */
export class Ledger {
  /** Counter of the next event. */
  readonly nextCounter: number;
  readonly #file: number;

  /** Opens the ledger of a producer, which an earlier life of it may have left. */
  constructor(path: string) {
    this.nextCounter = lastCounter(path) + 1;
    this.#file = openSync(path, 'a');
    // A line that a kill cut short must not be taken for a whole one, nor grow together with the next.
    writeSync(this.#file, '#\n');
  }

  intend(counter: number): void {
    writeSync(this.#file, `i ${counter}\n`);
  }

  accept(counter: number): void {
    writeSync(this.#file, `a ${counter}\n`);
  }

  reject(counter: number, reason: string): void {
    writeSync(this.#file, `r ${counter} ${reason}\n`);
  }

  die(counter: number): void {
    writeSync(this.#file, `d ${counter}\n`);
  }

  noteFault(kind: string): void {
    writeSync(this.#file, `f ${kind}\n`);
  }

  noteWrong(text: string): void {
    writeSync(this.#file, `x ${text.replaceAll('\n', ' ')}\n`);
  }
}

/** What a ledger says. */
export interface LedgerReader {
  intended(counter: number): void;
  accepted(counter: number): void;
  rejected(counter: number, reason: string): void;
  died(counter: number): void;
  fault(kind: string): void;
  wrong(text: string): void;
}

/** Reads a ledger from its beginning, calling the reader for every whole line. */
export function readLedger(path: string, reader: LedgerReader): void {
  for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    const rest = line.slice(2);
    if (line.endsWith('#')) continue;
    if (line.startsWith('i ')) reader.intended(Number(rest));
    else if (line.startsWith('a ')) reader.accepted(Number(rest));
    else if (line.startsWith('r ')) reader.rejected(Number.parseInt(rest, 10), rest.replace(/^\d+ /, ''));
    else if (line.startsWith('d ')) reader.died(Number(rest));
    else if (line.startsWith('f ')) reader.fault(rest);
    else if (line.startsWith('x ')) reader.wrong(rest);
  }
}

const tailBytes = 4_096;

/** Counter of the last event that a producer was about to emit; -1 when there is none. */
export function lastCounter(path: string): number {
  const file = openSync(path, 'a+');
  try {
    const length = Math.min(fstatSync(file).size, tailBytes);
    const tail = Buffer.alloc(length);
    readSync(file, tail, 0, length, fstatSync(file).size - length);
    const counters = [...tail.toString('latin1').matchAll(/^i (\d+)\n/gm)];
    return Number(counters.at(-1)?.[1] ?? -1);
  } finally {
    closeSync(file);
  }
}
