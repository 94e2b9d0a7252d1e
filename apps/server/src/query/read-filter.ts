import type { ParameterReader } from './parameter-reader.ts';
import type { EqualityFilter, RecordFilter } from './record-query.ts';

const lengths: Readonly<Record<EqualityFilter, number>> = {
  correlation_id: 255,
  event_type: 100,
  event_category: 50,
  event_outcome: 10,
  severity: 50,
};

// Object.keys forgets that the names are those of `lengths`.
const equalityFilters = Object.keys(lengths) as EqualityFilter[];

/** Names of the parameters that {@link readFilter} reads. */
export const filterNames: readonly string[] = [...equalityFilters, 'since', 'until'];

/** Reads the parameters that choose records. */
export function readFilter(reader: ParameterReader, now: number): RecordFilter {
  return {
    equals: equalities(reader),
    ...optional('since', reader.time('since', now)),
    ...optional('until', reader.time('until', now)),
  };
}

function equalities(reader: ParameterReader): RecordFilter['equals'] {
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
