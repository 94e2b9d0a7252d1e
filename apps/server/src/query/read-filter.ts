import type { ParameterReader } from './parameter-reader.ts';
import type { EqualityFilter, RecordFilter } from './record-query.ts';

type ReadValue = (reader: ParameterReader, name: EqualityFilter) => string | undefined;

const text =
  (charactersMax: number): ReadValue =>
  (reader, name) =>
    reader.text(name, charactersMax);
const uuid: ReadValue = (reader, name) => reader.uuid(name);

const equalities: Readonly<Record<EqualityFilter, ReadValue>> = {
  correlation_id: text(255),
  event_type: text(100),
  event_category: text(50),
  event_action: text(50),
  event_outcome: (reader, name) => reader.oneOf(name, ['success', 'failure', 'pending']),
  severity: text(50),
  actor_type: text(50),
  actor_id: text(255),
  resource_type: text(100),
  resource_id: text(255),
  namespace: text(253),
  cluster_name: text(255),
  parent_event_id: uuid,
  event_id: uuid,
};

// Object.keys forgets that the names are those of `equalities`.
const equalityFilters = Object.keys(equalities) as EqualityFilter[];

/** Names of the parameters that {@link readColumnFilter} reads. */
export const columnFilterNames: readonly string[] = [...equalityFilters, 'since', 'until'];

/** Names of the parameters that {@link readFilter} reads. */
export const filterNames: readonly string[] = [...columnFilterNames, 'detail_key', 'detail_value'];

/** Reads the parameters that choose records. */
export function readFilter(reader: ParameterReader, now: number): RecordFilter {
  return { ...readColumnFilter(reader, now), ...optional('detail', readDetail(reader)) };
}

/** Reads the parameters that choose records by what is in columns. */
export function readColumnFilter(reader: ParameterReader, now: number): RecordFilter {
  return {
    equals: readEqualities(reader),
    ...optional('since', reader.time('since', now)),
    ...optional('until', reader.time('until', now)),
  };
}

function readEqualities(reader: ParameterReader): RecordFilter['equals'] {
  const found = equalityFilters.flatMap((name) => {
    const value = equalities[name](reader, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function readDetail(reader: ParameterReader): RecordFilter['detail'] {
  const key = reader.word('detail_key', 100);
  const value = reader.text('detail_value', 1_000);
  reader.together('detail_key', 'detail_value');
  return key === undefined || value === undefined ? undefined : { key, value };
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  // A computed member name widens to string; it is exactly Name.
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
