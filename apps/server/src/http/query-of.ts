import type { EventIssue } from '@audit/schema';
import { RequestProblem } from './request-problem.ts';

/** A query, or every fault found in the parameters. */
export type ParsedQuery<Query> =
  | { readonly success: true; readonly query: Query }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

/**
 * Reads the query parameters of a request.
 * @throws {RequestProblem} that names every fault
 */
export function queryOf<Query>(
  url: string,
  parse: (parameters: URLSearchParams) => ParsedQuery<Query>,
): Query {
  const parsed = parse(parametersOf(url));
  if (parsed.success) return parsed.query;
  throw brokenParameters(parsed.issues);
}

/** The query parameters of a request. */
export function parametersOf(url: string): URLSearchParams {
  const separator = url.indexOf('?');
  return new URLSearchParams(separator < 0 ? '' : url.slice(separator + 1));
}

/** The answer to parameters that break the contract. */
export function brokenParameters(issues: readonly EventIssue[]): RequestProblem {
  return new RequestProblem('validation-error', 'The query parameters break the contract. See errors.', {
    errors: issues,
  });
}
