import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What {@link startServerProcess} needs. */
export interface ServerProcessOptions {
  /** File of the server's program. */
  readonly mainPath: string;
  /** Arguments of the program. */
  readonly args: readonly string[];
  /** Asks the server to end, once, also before it is ready. */
  readonly signal: AbortSignal;
}

/** A server that runs as a child process and is ready. */
export interface ServerProcess {
  readonly url: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** The last lines it wrote to stderr. */
  errorLines(): readonly string[];
}

/** The server ended when it should run; the message holds what it said last. */
export class ServerEndedError extends Error {
  override readonly name = 'ServerEndedError';
  readonly code = 'server_ended';

  constructor(errorLines: readonly string[]) {
    super(['the server ended by itself; it said last:', ...errorLines].join('\n'));
  }
}

/**
 * Starts the server and waits for the line it prints when it is ready.
 * @throws {ServerEndedError} when it ends instead
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  // In a process group of its own: Ctrl-C reaches only us, and the server gets exactly one signal.
  const child = spawn(process.execPath, [options.mainPath, ...options.args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const errorLines = keepLastLines(child.stderr);
  const ended = once(child, 'close').then(() => undefined);
  const readyLine = await Promise.race([firstLine(child.stdout), ended]);
  const url = readUrl(readyLine);
  if (url === undefined) {
    child.kill('SIGTERM');
    await ended;
    throw new ServerEndedError(errorLines());
  }
  return { url, ended, errorLines };
}

const errorLinesMax = 20;

function keepLastLines(stream: Readable): () => readonly string[] {
  const lines: string[] = [];
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line);
    if (lines.length > errorLinesMax) lines.shift();
  });
  return () => [...lines];
}

function firstLine(stream: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface({ input: stream }).once('line', resolve);
  return promise;
}

function readUrl(readyLine: string | undefined): string | undefined {
  try {
    const ready: unknown = JSON.parse(readyLine ?? '');
    const isReady = typeof ready === 'object' && ready !== null && 'url' in ready;
    return isReady && typeof ready.url === 'string' ? ready.url : undefined;
  } catch {
    // Not the ready line: the caller reports what the server said instead.
    return undefined;
  }
}
