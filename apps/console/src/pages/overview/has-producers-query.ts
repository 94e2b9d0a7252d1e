import { type EventType, eventsByService } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { eventsQuery } from '../../api/events-query.ts';

const ownTypes: ReadonlySet<string> = new Set<EventType>(
  Object.values(eventsByService)
    .flatMap((table) => Object.values(table))
    .filter((definition) => 'emittedBy' in definition)
    .map(({ type }) => type),
);

/** A log with more records than this has producers: the service itself writes few without them. */
export const ownRecordsMax = 100;

/** Whether anybody but the service itself has written to the log, which has few records. */
export const hasProducersQuery = queryOptions({
  ...eventsQuery({ limit: ownRecordsMax }),
  select: ({ data }) => data.some(({ event_type }) => !ownTypes.has(event_type)),
  refetchInterval: 15_000,
});
