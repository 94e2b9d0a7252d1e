import type { FromWorker, LogJob, PackJob, ToWorker } from './messages.ts';

type Listener = (message: FromWorker) => void;

/** A job that the worker does. */
export interface RunningJob {
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it; nothing is told of it any more. */
  readonly cancel: () => void;
}

const listeners = new Map<number, Listener>();
let worker: Worker | undefined;
let lastId = 0;

/** Starts the worker, so that what comes next needs no network. One worker does all jobs of a tab. */
export function startVerifier(): Worker {
  worker ??= start();
  return worker;
}

/** Has the worker do a job, and tells what it says of it. */
export function beginJob(job: LogJob | PackJob, listener: Listener): RunningJob {
  const id = ++lastId;
  const send = (message: ToWorker) => startVerifier().postMessage(message);
  listeners.set(id, (message) => {
    if (message.is === 'done' || message.is === 'failed') listeners.delete(id);
    listener(message);
  });
  send({ id, do: 'begin', job });
  return {
    pause: () => send({ id, do: 'pause' }),
    resume: () => send({ id, do: 'resume' }),
    cancel: () => {
      listeners.delete(id);
      send({ id, do: 'cancel' });
    },
  };
}

function start(): Worker {
  const started = new Worker(new URL('./verification-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => listeners.get(data.id)?.(data));
  started.addEventListener('error', () => {
    // It could not be loaded, or failed outside of a job: the next job starts another.
    worker = undefined;
    started.terminate();
    const failure = { message: 'The part of the console that verifies could not be loaded.' };
    for (const [id, listener] of listeners) listener({ id, is: 'failed', failure });
  });
  return started;
}
