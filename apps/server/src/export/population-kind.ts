import type { RecordFilter } from '../query/record-query.ts';
import { namedFilter } from './export-event.ts';
import type { SequenceBounds } from './export-query.ts';

/** What records chosen by filter and bounds are: all of a stretch, all of a correlation, or what a filter matches. */
export function populationKind(
  filter: RecordFilter,
  { fromSequence, toSequence }: SequenceBounds,
): 'range' | 'correlation' | 'filter' {
  const names = Object.keys(namedFilter(filter));
  if (names.length === 0) return 'range';
  const isWhole = fromSequence === undefined && toSequence === undefined;
  return isWhole && names.length === 1 && names[0] === 'correlation_id' ? 'correlation' : 'filter';
}
