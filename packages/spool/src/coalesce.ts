/**
 * Makes a task that runs once at a time: whoever asks while it runs waits for the next run, which all of them share.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = task().finally(() => {
      running = undefined;
    });
    return running;
  };
  const startNext = (): Promise<void> => {
    waiting = undefined;
    return start();
  };
  return () => {
    if (running === undefined) return start();
    waiting ??= running.then(startNext, startNext);
    return waiting;
  };
}
