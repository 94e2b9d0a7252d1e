import { eventsQuery } from '../../api/events-query.ts';

/** The newest events, whose trails are offered. */
export const newestTrailsQuery = eventsQuery({ limit: 500 });
