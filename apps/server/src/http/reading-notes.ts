import type { FastifyRequest } from 'fastify';
import type { Reading } from '../access/access-recorder.ts';
import { filterNames } from '../query/read-filter.ts';

/** What routes need that show records. */
export interface ReadingNotes {
  /** Told of every answer with records, after they were read. */
  readonly noteReading: (request: FastifyRequest, reading: Pick<Reading, 'records' | 'filter'>) => void;
}

/** The filters of a query as they were asked, undefined when there are none; the pages of a query all have the same. */
export function askedFilter(url: string): Reading['filter'] {
  const separator = url.indexOf('?');
  const search = new URLSearchParams(separator < 0 ? '' : url.slice(separator + 1));
  const asked = filterNames.flatMap((name) => {
    const value = search.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return asked.length === 0 ? undefined : Object.fromEntries(asked);
}
