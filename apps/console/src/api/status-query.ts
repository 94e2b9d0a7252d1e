import type { AuditStatus } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from './answer-of.ts';
import { api } from './api.ts';

/** How the server is doing, asked again every 15 seconds while the page is looked at. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }): Promise<AuditStatus> => answerOf(api.GET('/api/v1/audit/status', { signal })),
  refetchInterval: 15_000,
});
