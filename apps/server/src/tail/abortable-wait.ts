/** Something to wait for that also ends when its time is over or its signal is aborted. */
export interface AbortableWait {
  readonly ended: Promise<void>;
  /** Ends it now. */
  readonly end: () => void;
}

/** Begins to wait for some milliseconds at the longest. */
export function abortableWait(milliseconds: number, signal: AbortSignal): AbortableWait {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve();
  };
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  return { ended: promise, end };
}
