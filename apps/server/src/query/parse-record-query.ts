import type { EventIssue } from '@audit/schema';
import { ParameterReader } from './parameter-reader.ts';
import type { EqualityFilter, RecordQuery } from './record-query.ts';

/** A query, or every fault found in the parameters. */
export type ParsedRecordQuery =
  | { readonly success: true; readonly query: RecordQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const lengths: Readonly<Record<EqualityFilter, number>> = {
  correlation_id: 255,
  event_type: 100,
  event_category: 50,
  event_outcome: 10,
  severity: 50,
};

// Object.keys forgets that the names are those of `lengths`.
const equalityFilters = Object.keys(lengths) as EqualityFilter[];

const known = new Set([...equalityFilters, 'since', 'until', 'order', 'limit', 'offset', 'cursor']);

/** Reads the parameters of `GET /api/v1/audit/events`. */
export function parseRecordQuery(parameters: URLSearchParams, now: number): ParsedRecordQuery {
  const reader = new ParameterReader(parameters, known);
  const order = reader.oneOf('order', ['asc', 'desc'] as const) ?? 'desc';
  const query: RecordQuery = {
    equals: equalities(reader),
    ...optional('since', reader.time('since', now)),
    ...optional('until', reader.time('until', now)),
    order,
    limit: reader.integer('limit', 1, 1_000) ?? 50,
    offset: reader.integer('offset', 0, 1_000_000) ?? 0,
    ...optional('after', reader.cursor(order)),
  };
  return reader.issues.length === 0 ? { success: true, query } : { success: false, issues: reader.issues };
}

function equalities(reader: ParameterReader): RecordQuery['equals'] {
  const found = equalityFilters.flatMap((name) => {
    const value =
      name === 'event_outcome'
        ? reader.oneOf(name, ['success', 'failure', 'pending'] as const)
        : reader.text(name, lengths[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  // A computed member name widens to string; it is exactly Name.
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
