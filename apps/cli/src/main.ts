#!/usr/bin/env node
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Writable } from 'node:stream';
import pc from 'picocolors';
import type { TextOutput } from './command-context.ts';
import { run } from './run.ts';

// A reader that closes the pipe, such as head, has what it wants.
process.stdout.on('error', () => process.exit());

let stopping: AbortController | undefined;

process.exitCode = await run(process.argv.slice(2), {
  stdout: { ...toTextOutput(process.stdout), writeBytes },
  stderr: toTextOutput(process.stderr),
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  now: Date.now,
  get signal() {
    return listenForStop();
  },
});

// From here on the first Ctrl-C asks the command to stop where it may; the second one ends the process.
function listenForStop(): AbortSignal {
  if (stopping !== undefined) return stopping.signal;
  const controller = new AbortController();
  stopping = controller;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

// A stream to a file or a pipe has no `isTTY` at all.
function toTextOutput(
  stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
): TextOutput {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    hasColors: isTerminal && pc.isColorSupported,
    columns: stream.columns,
    write: (text) => void stream.write(text),
  };
}

function writeBytes(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => process.stdout.write(bytes, () => resolve()));
}

// Whoever ends the input instead of answering, by Ctrl-C or Ctrl-D, answers nothing.
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = once(terminal, 'close').then(() => undefined);
  try {
    const answer = await Promise.race([terminal.question(question).catch(() => undefined), ended]);
    if (answer === undefined) process.stderr.write('\n');
    return answer ?? '';
  } finally {
    terminal.close();
  }
}
