import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobFailure, JobProgress, LogJob, LogResult, PackJob, PackResult } from './messages.ts';
import { beginJob, type RunningJob, startVerifier } from './verifier.ts';

/** Where a job is. */
export type JobState<Result> =
  | { readonly is: 'idle' }
  | { readonly is: 'running' | 'paused'; readonly progress: JobProgress | undefined }
  | { readonly is: 'interrupted'; readonly progress: JobProgress; readonly message: string }
  | { readonly is: 'done'; readonly result: Result }
  | { readonly is: 'failed'; readonly failure: JobFailure };

/** A job that a component begins, shows and steers. It is cancelled when the component goes. */
export interface Job<Given, Result> {
  readonly state: JobState<Result>;
  /** Begins, in place of what is under way. */
  readonly begin: (job: Given) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it and forgets it. */
  readonly cancel: () => void;
}

/** Verifies the log in the worker. */
export function useLogJob(): Job<LogJob, LogResult> {
  return useJob<LogJob, LogResult>('log');
}

/** Verifies packs in the worker. */
export function usePackJob(): Job<PackJob, PackResult> {
  return useJob<PackJob, PackResult>('pack');
}

function useJob<Given extends LogJob | PackJob, Result extends LogResult | PackResult>(
  kind: Result['kind'],
): Job<Given, Result> {
  const [state, setState] = useState<JobState<Result>>({ is: 'idle' });
  const running = useRef<RunningJob>(undefined);
  useEffect(() => {
    startVerifier();
    return () => running.current?.cancel();
  }, []);
  const begin = useCallback(
    (job: Given) => {
      running.current?.cancel();
      setState({ is: 'running', progress: undefined });
      running.current = beginJob(job, (message) => {
        if (message.is === 'progress') setState({ is: 'running', progress: message.progress });
        // A job of one kind has results of that kind.
        else if (message.is === 'done' && isOf<Result>(message.result, kind))
          setState({ is: 'done', result: message.result });
        else if (message.is !== 'done') setState(message);
      });
    },
    [kind],
  );
  const cancel = useCallback(() => {
    running.current?.cancel();
    setState({ is: 'idle' });
  }, []);
  const resume = useCallback(() => {
    running.current?.resume();
    setState((before) => ({ is: 'running', progress: 'progress' in before ? before.progress : undefined }));
  }, []);
  const pause = useCallback(() => running.current?.pause(), []);
  return { state, begin, pause, resume, cancel };
}

function isOf<Result extends LogResult | PackResult>(
  result: LogResult | PackResult,
  kind: Result['kind'],
): result is Result {
  return result.kind === kind;
}
