import type { AuditStatistics } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../api/answer-of.ts';
import { api } from '../../api/api.ts';

/** Numbers of events by hour of the last 24 hours, asked again every minute. */
export const statisticsQuery = queryOptions({
  queryKey: ['statistics'],
  queryFn: ({ signal }): Promise<AuditStatistics> =>
    answerOf(api.GET('/api/v1/audit/statistics', { params: { query: { interval: 'hour' } }, signal })),
  refetchInterval: 60_000,
});
