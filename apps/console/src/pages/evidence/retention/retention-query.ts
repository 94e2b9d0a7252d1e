import { type AuditRecord, type EventDefinition, eventsByService, type RetentionPolicy } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import type { EventsFilter } from '../../../api/events-query.ts';
import { readEvents } from '../../../api/read-events.ts';
import { type RetentionRow, retentionRows } from './retention-clock.ts';

/** How long records are kept, and what expires next. */
export interface Retention {
  readonly policy: RetentionPolicy;
  readonly rows: readonly RetentionRow[];
  /** The newest purges, newest first. */
  readonly purges: readonly AuditRecord[];
}

const categories = [
  ...new Set(
    Object.values(eventsByService).flatMap((events) =>
      Object.values<EventDefinition>(events).map(({ category }): string => category),
    ),
  ),
];

/** The policy, the oldest record of every category, and the newest purges. */
export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: async ({ signal }): Promise<Retention> => {
    const events = (filter: EventsFilter) => readEvents(filter, signal);
    const [policy, purges, ...oldest] = await Promise.all([
      answerOf(api.GET('/api/v1/audit/retention', { signal })),
      events({ event_type: 'datastorage.retention.purged', limit: 5 }),
      ...categories.map((event_category) => events({ event_category, order: 'asc', limit: 1 })),
    ]);
    const byCategory = new Map(categories.map((category, at) => [category, oldest[at]?.[0]]));
    return { policy, purges, rows: retentionRows(policy, byCategory) };
  },
  staleTime: 60_000,
});
