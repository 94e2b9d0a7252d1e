import type { EventIssue } from '@audit/schema';
import { RequestProblem } from './request-problem.ts';

/** What a reader of query parameters found: a query, or every fault. */
export type ParsedParameters<Query> =
  | { readonly success: true; readonly query: Query }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

/**
 * Reads the query parameters of a request.
 * @throws {RequestProblem} `validation-error` naming every fault
 */
export function readParameters<Query>(
  url: string,
  parse: (parameters: URLSearchParams) => ParsedParameters<Query>,
): Query {
  const separator = url.indexOf('?');
  const parsed = parse(new URLSearchParams(separator < 0 ? '' : url.slice(separator + 1)));
  if (parsed.success) return parsed.query;
  throw new RequestProblem('validation-error', 'The query parameters break the contract. See errors.', {
    errors: parsed.issues,
  });
}
