import type { ErrorDetails } from '@audit/schema';
import type { AnalysisError } from './ai-analysis.ts';
import { shortMessage } from './free-text.ts';

const unknownFailure = 'analysis failed for an unknown reason';

/**
 * Tells the failure in the structured form that all services share.
 * @param statusMessage says what is known when the error says nothing
 */
export function errorDetails(
  error: AnalysisError | undefined,
  statusMessage: string | undefined,
): ErrorDetails {
  return {
    message: shortMessage(error?.message || statusMessage || unknownFailure),
    ...classOf(error),
    component: 'aianalysis',
  };
}

type ErrorClass = Pick<ErrorDetails, 'code' | 'retry_possible'>;

// The provider's errors reach the controller as text: their words are all there is to tell them apart.
function classOf(error: AnalysisError | undefined): ErrorClass {
  if (error === undefined) return { code: 'ERR_INTERNAL_UNKNOWN', retry_possible: false };
  const text = `${error.name ?? ''}: ${error.message}`;
  if (/time-?out|timed out|deadline exceeded/i.test(text)) {
    return { code: 'ERR_UPSTREAM_TIMEOUT', retry_possible: true };
  }
  if (/invalid response/i.test(text)) {
    return { code: 'ERR_UPSTREAM_INVALID_RESPONSE', retry_possible: false };
  }
  return { code: 'ERR_UPSTREAM_FAILURE', retry_possible: true };
}
