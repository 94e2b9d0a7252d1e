import { type EventIssue, eventIssue } from '@audit/schema';
import { readCursor } from './cursor.ts';
import { parseTime, timeForms } from './parse-time.ts';
import type { EqualityFilter, QueryOrder, RecordQuery } from './record-query.ts';

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
  const reader = new ParameterReader(parameters);
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

class ParameterReader {
  readonly issues: EventIssue[] = [];
  readonly #parameters: URLSearchParams;

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters;
    for (const name of new Set(parameters.keys())) {
      if (!known.has(name)) this.#fault(name, 'no such parameter', 'unknown_member');
      else if (parameters.getAll(name).length > 1) this.#fault(name, 'the parameter once', 'wrong_value');
    }
  }

  text(name: string, charactersMax: number): string | undefined {
    const value = this.#parameters.get(name);
    if (value === null) return undefined;
    const isStorable = value.isWellFormed() && !value.includes('\u0000');
    if (isStorable && value.length >= 1 && value.length <= charactersMax) return value;
    return this.#fault(name, `1 to ${charactersMax} characters without NUL`, 'out_of_range');
  }

  oneOf<const Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    return values.find((value) => value === given) ?? this.#fault(name, values.join(' or '), 'wrong_value');
  }

  integer(name: string, min: number, max: number): number | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    return this.#fault(name, `an integer from ${min} to ${max}`, 'out_of_range');
  }

  time(name: string, now: number): string | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    return parseTime(given, now) ?? this.#fault(name, timeForms, 'wrong_format');
  }

  cursor(order: QueryOrder): number | undefined {
    const given = this.#parameters.get('cursor');
    if (given === null) return undefined;
    return (
      readCursor(given, order) ??
      this.#fault('cursor', `a next_cursor of a page in order ${order}`, 'wrong_format')
    );
  }

  #fault(name: string, expected: string, code: EventIssue['code']): undefined {
    const received = this.#parameters.getAll(name).map((value) => JSON.stringify(value.slice(0, 80)));
    this.issues.push(eventIssue({ code, pointer: `/${name}`, expected, received: received.join(' and ') }));
    return undefined;
  }
}
