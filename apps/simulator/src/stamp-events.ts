import type { AuditClient } from '@audit/client';
import { isEventSkip } from '@audit/schema';

/** What a builder cannot know: when the event happened, under which id, and what caused it. */
export interface EventStamp {
  readonly event_id: string;
  readonly event_timestamp: string;
  readonly parent_event_id?: string;
}

/**
 * Wraps a client for managers, so that every event they build is stamped before it is emitted.
 * @param nextStamp called once per event with its correlation id, never for a skip
 */
export function stampEvents(
  client: AuditClient,
  nextStamp: (correlationId: string) => EventStamp,
): AuditClient {
  return {
    ...client,
    emitFrom: (builder, input) =>
      client.emitFrom((given) => {
        const built = builder(given);
        return isEventSkip(built) ? built : { ...built, ...nextStamp(built.correlation_id) };
      }, input),
  };
}
