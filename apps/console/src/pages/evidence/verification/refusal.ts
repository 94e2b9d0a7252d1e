import type { JobFailure } from './messages.ts';

/** An answer of the server that is no answer to what was asked, or none at all. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;

  constructor(status: number | undefined, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Says why a job came to no result. */
export function failureOf(error: unknown): JobFailure {
  if (error instanceof Refusal) return { status: error.status, message: error.message };
  return { message: error instanceof Error ? error.message : String(error) };
}
