import type { AuditStatistics } from '@audit/schema';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../api/answer-of.ts';
import { api } from '../../api/api.ts';
import type { TimeRange } from './time-range.ts';

/** Numbers of events of a stretch of time, asked again every minute while the page is looked at. */
export function statisticsQuery({ name, interval }: TimeRange) {
  return queryOptions({
    queryKey: ['statistics', name],
    queryFn: ({ signal }): Promise<AuditStatistics> =>
      answerOf(api.GET('/api/v1/audit/statistics', { params: { query: { interval, since: name } }, signal })),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
}
