import { createErasure, type ErasePersonalData } from '../erasure/erase-personal-data.ts';
import { createLegalHolds, type LegalHolds } from '../holds/legal-holds.ts';
import { GroupCommit } from '../ingest/group-commit.ts';
import { LogWriter } from '../ingest/log-writer.ts';
import { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { prepareEvent } from '../record/prepare-event.ts';
import type { Database } from '../store/database.ts';
import { openTree } from './open-tree.ts';
import { sampleEvent } from './sample-events.ts';

/** What a server does with a log, without HTTP. */
export interface Ledger {
  readonly ownEvents: OwnEventWriter;
  readonly holds: LegalHolds;
  readonly erase: ErasePersonalData;
  store(...events: Parameters<typeof sampleEvent>[0][]): Promise<void>;
}

/**
 * Opens the default log of a database as one process of the service does.
 * @param openedWith the same database when it is to fail only later
 */
export async function openLedger(
  database: Database,
  now: () => number = Date.now,
  openedWith: Database = database,
): Promise<Ledger> {
  const writer = new LogWriter({ database, logId: 'default', signer: await openTree(openedWith) });
  const commits = new GroupCommit((submissions) => writer.write(submissions));
  const ownEvents = new OwnEventWriter({ submit: (submission) => commits.submit(submission), now });
  return {
    ownEvents,
    holds: createLegalHolds({ database, logId: 'default', ownEvents }),
    erase: createErasure({ database, logId: 'default', ownEvents, batchMembers: 2 }),
    async store(...events) {
      const receivedAt = new Date(now()).toISOString();
      const prepared = events.map((members) => prepareEvent(sampleEvent(members), receivedAt));
      const result = await commits.submit(prepared);
      if (result.outcome !== 'stored') throw new Error('a sample was not stored');
    },
  };
}
