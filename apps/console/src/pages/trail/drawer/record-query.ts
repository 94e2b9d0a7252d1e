import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { exportedRecord, type ServedRecord, servedRecord } from './exact-record.ts';

/** The record of an event as it is served to readers. */
export function recordQuery(eventId: string) {
  return queryOptions({
    queryKey: ['record', eventId],
    queryFn: async ({ signal }): Promise<ServedRecord> => {
      const query = { event_id: eventId, limit: 1, total: 'none' } as const;
      const answer = await answerOf(
        api.GET('/api/v1/audit/events', { params: { query }, parseAs: 'text', signal }),
      );
      const record = servedRecord(answer);
      if (record === undefined) throw new Error(`The server no longer has the event ${eventId}.`);
      return record;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The exact record of an event with personal data. That it was asked for is an event of its own. */
export function exportQuery(eventId: string, hash: string) {
  return queryOptions({
    queryKey: ['exported-record', eventId],
    queryFn: async ({ signal }): Promise<string> => {
      const query = { event_id: eventId, format: 'jsonl' } as const;
      const lines = await answerOf(
        api.GET('/api/v1/audit/export', { params: { query }, parseAs: 'text', signal }),
      );
      const record = exportedRecord(lines, hash);
      if (record !== undefined) return record;
      throw new Error(`The export has no record with the hash ${hash}, which the server says the event has.`);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
