import type { FastifyRequest } from 'fastify';
import type { Reading } from '../access/access-recorder.ts';
import { filterNames } from '../query/read-filter.ts';
import { parametersOf } from './query-of.ts';

/** What routes need that show records. */
export interface ReadingNotes {
  /** Told of every answer with records, after they were read. */
  readonly noteReading: (request: FastifyRequest, reading: Pick<Reading, 'records' | 'filter'>) => void;
}

/** The filters of a query as they were asked, when there are any; the pages of a query all have the same. */
export function askedFilter(url: string): Pick<Reading, 'filter'> {
  const search = parametersOf(url);
  const asked = filterNames.flatMap((name) => {
    const value = search.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return asked.length === 0 ? {} : { filter: Object.fromEntries(asked) };
}
