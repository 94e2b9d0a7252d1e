import { LogWriter } from '../../ingest/log-writer.ts';
import { OwnEventWriter } from '../../own-events/own-event-writer.ts';
import { purgeExpired } from '../../retention/purge-expired.ts';
import type { Database } from '../../store/database.ts';
import { LogTree } from '../../tree/log-tree.ts';

/** Purges what is expired in a log, as the worker of one more process does. */
export async function purgeLog(options: {
  readonly database: Database;
  readonly logId: string;
  readonly file: string;
  readonly now: () => number;
}): Promise<void> {
  const { database, logId, file, now } = options;
  const signer = new LogTree({ database, logId, signingKey: { file }, now });
  await signer.open(async () => {});
  const writer = new LogWriter({ database, logId, signer });
  const ownEvents = new OwnEventWriter({
    async submit(submission) {
      const [result] = await writer.write([submission]);
      if (result === undefined) throw new Error('one submission was written, no result came back');
      return result;
    },
    now,
  });
  await purgeExpired({ database, logId, ownEvents, now, batchRecords: 3 });
  writer.close();
}
