import type { ParameterReader } from '../query/parameter-reader.ts';
import type { SequenceBounds } from './export-query.ts';

/** Names of the parameters that {@link readBounds} reads. */
export const boundNames: readonly string[] = ['from_sequence', 'to_sequence'];

/** Reads the parameters that bound a stretch of the log. */
export function readBounds(reader: ParameterReader): SequenceBounds {
  const fromSequence = reader.integer('from_sequence', 0, Number.MAX_SAFE_INTEGER);
  // A range that ends before it begins is a mistake; an empty file would hide it.
  const toSequence = reader.integer('to_sequence', fromSequence ?? 0, Number.MAX_SAFE_INTEGER);
  return {
    ...(fromSequence === undefined ? {} : { fromSequence }),
    ...(toSequence === undefined ? {} : { toSequence }),
  };
}
