import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';

/** The contract as the server serves it, asked for once: what describes the members of events. */
export const contractQuery = queryOptions({
  queryKey: ['contract'],
  queryFn: ({ signal }): Promise<unknown> => answerOf(api.GET('/openapi.json', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
