import type { AuditRecord } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { readEvents } from '../../../api/read-events.ts';
import { accessWords } from './access-words.ts';

// Whatever happens to the log is in one of these; both are looked up, not searched.
const categories = ['datastorage', 'access'] as const;
const limit = 200;

/** The newest events that tell who exported, read, verified or was refused, newest first. */
export const accessQuery = queryOptions({
  queryKey: ['access'],
  queryFn: async ({ signal }): Promise<AuditRecord[]> => {
    const pages = await Promise.all(
      categories.map((event_category) => readEvents({ event_category, limit }, signal)),
    );
    const events = pages.flat().filter((event) => accessWords(event) !== undefined);
    return events.toSorted((one, other) => other.sequence - one.sequence);
  },
});
