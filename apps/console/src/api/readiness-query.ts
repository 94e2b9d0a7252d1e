import type { paths } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';
import { ApiFailure } from './api-failure.ts';

/** What `GET /readyz` says. */
export type Readiness = paths['/readyz']['get']['responses'][200]['content']['application/json'];

/** Whether the server takes events, asked again every 15 seconds. A server that says no is an answer, not a failure. */
export const readinessQuery = queryOptions({
  queryKey: ['readiness'],
  queryFn: async ({ signal }): Promise<Readiness> => {
    const answer = await api.GET('/readyz', { signal }).catch((cause: unknown) => {
      throw new ApiFailure(undefined, undefined, { cause });
    });
    const readiness = answer.data ?? answer.error;
    if (readiness !== undefined && 'log_id' in readiness) return readiness;
    throw new ApiFailure(answer.response.status, undefined);
  },
  refetchInterval: 15_000,
  retry: false,
});
