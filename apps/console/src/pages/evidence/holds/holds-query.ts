import type { LegalHoldsResponse } from '@audit/schema';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';

/** Which holds are listed. */
export type HoldStatus = 'active' | 'all';

/** Key of everything that is known of holds. */
export const holdsKey = ['holds'] as const;

/** Legal holds, newest first, page by page. */
export function holdsQuery(status: HoldStatus) {
  return infiniteQueryOptions({
    queryKey: [...holdsKey, status],
    queryFn: ({ pageParam, signal }): Promise<LegalHoldsResponse> => {
      const query = { status, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(api.GET('/api/v1/audit/legal-hold', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}
