import type { Problem } from '@audit/schema';
import { ApiFailure } from './api-failure.ts';

/** What a call of the typed client gives. */
interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * Waits for an answer of {@link api} and takes its content out.
 * @throws {ApiFailure} when it is a problem, or none came
 */
export async function answerOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch(toUnreachable);
  if (response.ok && data !== undefined) return data;
  throw new ApiFailure(response.status, isProblem(error) ? error : undefined);
}

function toUnreachable(cause: unknown): never {
  // Whoever cancels a request, such as a page that is left, is told so.
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
  throw new ApiFailure(undefined, undefined, { cause });
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'detail' in error && 'title' in error;
}
