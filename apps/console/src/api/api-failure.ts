import type { Problem } from '@audit/schema';

/** What became of a request, as far as a person must act differently. */
export type FailureKind =
  /** The server does not know who asks: 401. */
  | 'unauthenticated'
  /** Who asks may not: 403. */
  | 'forbidden'
  /** What was asked for is not there: 404. */
  | 'not_found'
  /** No answer came: the network or the server is away. */
  | 'unreachable'
  /** The server cannot do it now: 429, 502, 503, 504. */
  | 'unavailable'
  /** Any other refusal. */
  | 'refused';

/** A request to the server that failed, with the problem document (RFC 9457) when one came. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: FailureKind;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  readonly problem: Problem | undefined;

  constructor(status: number | undefined, problem: Problem | undefined, options?: ErrorOptions) {
    super(
      problem?.detail ?? (status === undefined ? 'No answer came.' : `The answer was ${status}.`),
      options,
    );
    this.kind = kindOf(status);
    this.status = status;
    this.problem = problem;
  }

  /** Whether the same request can succeed later. */
  get isPassing(): boolean {
    return this.kind === 'unreachable' || this.kind === 'unavailable' || (this.status ?? 0) >= 500;
  }
}

function kindOf(status: number | undefined): FailureKind {
  if (status === undefined) return 'unreachable';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  return [429, 502, 503, 504].includes(status) ? 'unavailable' : 'refused';
}
