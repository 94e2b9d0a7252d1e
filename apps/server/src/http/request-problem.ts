import type { ProblemError } from '@audit/schema';

/** Kinds of problem the server answers with; the contract lists them under `Problem.type`. */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'Invalid Request' },
  'validation-error': { status: 400, title: 'Validation Error' },
  'batch-size-exceeded': { status: 400, title: 'Batch Size Exceeded' },
  unauthenticated: { status: 401, title: 'Unauthenticated' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not Found' },
  'method-not-allowed': { status: 405, title: 'Method Not Allowed' },
  'request-timeout': { status: 408, title: 'Request Timeout' },
  conflict: { status: 409, title: 'Conflict' },
  'request-too-large': { status: 413, title: 'Request Too Large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported Media Type' },
  'headers-too-large': { status: 431, title: 'Headers Too Large' },
  'rate-limit-exceeded': { status: 429, title: 'Too Many Requests' },
  'audit/correlation-not-found': { status: 404, title: 'Audit Events Not Found' },
  'reconstruction/missing-gateway-event': { status: 400, title: 'Reconstruction Failed' },
  'reconstruction/no-parseable-events': { status: 400, title: 'Reconstruction Failed' },
  'reconstruction/incomplete-data': { status: 400, title: 'Incomplete Reconstruction' },
  'reconstruction/unprocessable': { status: 422, title: 'Reconstruction Failed' },
  'internal-error': { status: 500, title: 'Internal Error' },
  'service-unavailable': { status: 503, title: 'Service Unavailable' },
} as const;

/** Last part of a problem's type URN. */
export type ProblemSlug = keyof typeof problemKinds;

/** A value that something else has already. */
export interface TakenValue {
  readonly resource: string;
  readonly field: string;
  readonly value: string;
}

/** Options of {@link RequestProblem}. */
export interface RequestProblemOptions {
  /** Every fault found. */
  readonly errors?: readonly ProblemError[];
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is taken already, for programs. */
  readonly taken?: TakenValue;
  readonly cause?: unknown;
}

/** A request fails with this problem; thrown by handlers, answered by the error handler. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly slug: ProblemSlug;
  readonly errors: readonly ProblemError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly taken: TakenValue | undefined;

  /** @param detail what failed and what to do about it; shown to the client */
  constructor(slug: ProblemSlug, detail: string, options: RequestProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.slug = slug;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.taken = options.taken;
  }
}
