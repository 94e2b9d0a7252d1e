import { AuditError } from '@audit/schema';
import type { Spool, SpoolEntry } from '@audit/spool';

/**
 * Gives a client the events of a spool up to the first request of a server's own spool. A request may hold several
 * events; a client would take it for one, and the server would refuse it.
 * @param onRequest is told when the next entry is such a request
 */
export function producerSpool(spool: Spool, onRequest: (failure: AuditError) => void): Spool {
  return {
    append: (input) => spool.append(input),
    async peek(limits) {
      const entries = await spool.peek(limits);
      const events = takeEvents(entries);
      if (events.length > 0 || entries.length === 0) return events;
      const failure = new AuditError(requestMessage, { code: 'spool_failed' });
      onRequest(failure);
      throw failure;
    },
    acknowledge: (entries) => spool.acknowledge(entries),
    bury: (entry, cause) => spool.bury(entry, cause),
    deadLetters: () => spool.deadLetters(),
    sync: () => spool.sync(),
    statistics: () => spool.statistics(),
    close: () => spool.close(),
  };
}

const requestMessage =
  'the spool is that of an audit server: start audit-server with it as --spool-dir, and it stores what waits';

function takeEvents(entries: readonly SpoolEntry[]): readonly SpoolEntry[] {
  const firstRequest = entries.findIndex(({ payload }) => payload[0] === openingBracket);
  return firstRequest === -1 ? entries : entries.slice(0, firstRequest);
}

const openingBracket = '['.charCodeAt(0);
