import type { ChildProcess } from 'node:child_process';

/** Sends a signal to a child process and waits until it has ended; does nothing when it has ended before. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
