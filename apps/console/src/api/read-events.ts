import type { AuditRecord } from '@audit/schema';
import { answerOf } from './answer-of.ts';
import { api } from './api.ts';
import type { EventsFilter } from './events-query.ts';

/** Reads the first events that match, without counting the others. */
export async function readEvents(filter: EventsFilter, signal: AbortSignal): Promise<readonly AuditRecord[]> {
  const query = { ...filter, total: 'none' } as const;
  const { data } = await answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
  return data;
}
