import type { InclusionProof, LogKeysResponse } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';

/** What an event is proven with. */
export interface ServedProof {
  readonly proof: InclusionProof;
  /** Keys of the log as the server says; they are as trustworthy as the server. */
  readonly keys: LogKeysResponse;
}

/** The inclusion proof of an event for the newest checkpoint, and the keys of the log. */
export function proofQuery(eventId: string) {
  return queryOptions({
    queryKey: ['proof', eventId],
    queryFn: async ({ signal }): Promise<ServedProof> => {
      const query = { event_id: eventId };
      const [proof, keys] = await Promise.all([
        answerOf(api.GET('/api/v1/audit/proofs/inclusion', { params: { query }, signal })),
        answerOf(api.GET('/api/v1/audit/log-keys', { signal })),
      ]);
      return { proof, keys };
    },
    // A checkpoint of now, each time it is asked for.
    staleTime: 0,
  });
}
