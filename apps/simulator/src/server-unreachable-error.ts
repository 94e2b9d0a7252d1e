/** The server cannot be reached, or does not take events. */
export class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError';
  readonly code = 'server_unreachable';

  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(`cannot reach ${url}: ${reason}`, options);
  }

  /** Explains what a request threw; an error of this kind is passed on. */
  static from(url: string, error: unknown): ServerUnreachableError {
    if (error instanceof ServerUnreachableError) return error;
    return new ServerUnreachableError(url, reasonOf(error), { cause: error });
  }
}

// fetch says "fetch failed" and hides the reason, such as ECONNREFUSED, in its cause.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
