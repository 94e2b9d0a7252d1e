import type { ReactElement } from 'react';
import { ApiFailure } from '../api/api-failure.ts';
import { NotAuthorisedState } from './not-authorised-state.tsx';
import { ProblemState } from './problem-state.tsx';
import { UnavailableState } from './unavailable-state.tsx';

/** Options of the states of failure. */
export interface FailureStateProps {
  /** What was thrown. */
  readonly error: unknown;
  /** Asks again. */
  readonly retry: () => void;
}

/** Stands where a request failed: asks for a token, offers to try again, or shows the server's problem. */
export function FailureState({ error, retry }: FailureStateProps): ReactElement {
  if (!(error instanceof ApiFailure)) return <ProblemState error={error} retry={retry} />;
  switch (error.kind) {
    case 'unauthenticated':
    case 'forbidden':
      return <NotAuthorisedState failure={error} retry={retry} />;
    case 'unreachable':
    case 'unavailable':
      return <UnavailableState failure={error} retry={retry} />;
    default:
      return <ProblemState error={error} retry={retry} />;
  }
}
