import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a program of the tests did. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Lines of its standard output, the last one only when it is complete. */
  readonly lines: readonly string[];
}

/** A program that runs. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Resolves when it has written so many lines, or has ended. */
  linesWritten(count: number): Promise<void>;
  readonly end: Promise<ProgramEnd>;
}

/** Starts a program of the tests as a process of its own. */
export function startProgram(program: URL, ...parameters: readonly string[]): RunningProgram {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
      '--conditions=@audit/source',
      fileURLToPath(program),
      ...parameters,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const check of waiting) check();
  });
  const lines = (): string[] => output.split('\n').slice(0, -1);
  const end = once(child, 'close').then(([code, signal]): ProgramEnd => ({ code, signal, lines: lines() }));
  const linesWritten = (count: number): Promise<void> =>
    Promise.race([
      end.then(() => undefined),
      new Promise<void>((resolve) => {
        const check = (): void => {
          if (lines().length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    ]);
  return { child, linesWritten, end };
}
