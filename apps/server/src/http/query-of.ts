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
  const separator = url.indexOf('?');
  const parsed = parse(new URLSearchParams(separator < 0 ? '' : url.slice(separator + 1)));
  if (parsed.success) return parsed.query;
  throw brokenParameters(parsed.issues);
}

/** The answer to parameters that break the contract. */
export function brokenParameters(issues: readonly EventIssue[]): RequestProblem {
  return new RequestProblem('validation-error', 'The query parameters break the contract. See errors.', {
    errors: issues,
  });
}
