import type { ListedRecord, MoreChecks, Population } from '@audit/integrity';
import type { PackQuery } from './pack-draft.ts';

/** Says whether a pack is what was asked for: a server could prove something else, and every check would hold. */
export function checkAnswer(
  query: PackQuery,
  population: Population,
  records: readonly ListedRecord[],
): MoreChecks {
  const statement = 'the pack is what was asked for';
  if (isAskedFor(query, population, records)) return { checks: [{ statement, outcome: 'holds' }] };
  const message = `the pack is not what was asked for, but ${JSON.stringify(population)}`;
  return { checks: [{ statement, outcome: 'fails' }], failure: { code: 'outside_population', message } };
}

function isAskedFor(query: PackQuery, population: Population, records: readonly ListedRecord[]): boolean {
  const { correlation_id, event_id, from_sequence = 0, sample_size, seed, to_sequence } = query;
  if (event_id !== undefined) return records.length === 1 && records[0]?.event_id === event_id;
  switch (population.kind) {
    case 'correlation':
      return population.correlation_id === correlation_id;
    case 'sample':
      return (
        population.seed === seed &&
        population.size === sample_size &&
        isRange(population, from_sequence, to_sequence)
      );
    case 'filter':
      // What else it matches is only stated anyway.
      return isFiltered(query);
    default:
      return (
        seed === undefined &&
        correlation_id === undefined &&
        !isFiltered(query) &&
        isRange(population, from_sequence, to_sequence)
      );
  }
}

function isRange(
  { begin, end }: { readonly begin: number; readonly end: number },
  from: number,
  to: number | undefined,
): boolean {
  return begin === from && (to === undefined || end === to + 1);
}

function isFiltered({ event_category, event_outcome, event_type, since, until }: PackQuery): boolean {
  return [event_category, event_outcome, event_type, since, until].some((value) => value !== undefined);
}
