import { type Checkpoint, safeParseCheckpointBody, safeParseNote } from '@audit/integrity';
import type { AuditRecord } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { readEvents } from '../../../api/read-events.ts';

/** What the log states of itself. Nothing of it is verified. */
export interface LogStatement {
  readonly checkpoint: Checkpoint;
  /** Names and ids of the keys that signed it. */
  readonly signers: readonly string[];
}

/** The newest checkpoint, asked again every 15 seconds. Open to everybody. */
export const statementQuery = queryOptions({
  queryKey: ['log-statement'],
  queryFn: async ({ signal }): Promise<LogStatement> =>
    readStatement(await answerOf(api.GET('/checkpoint', { parseAs: 'text', signal }))),
  refetchInterval: 15_000,
});

/** The newest verification of a trail by the server itself. Needs a role. */
export const serverVerificationQuery = queryOptions({
  queryKey: ['server-verification'],
  queryFn: async ({ signal }): Promise<AuditRecord | null> => {
    const [newest] = await readEvents({ event_type: 'datastorage.chain.verified', limit: 1 }, signal);
    return newest ?? null;
  },
});

function readStatement(text: string): LogStatement {
  const note = safeParseNote(text);
  const checkpoint = note && safeParseCheckpointBody(note.text);
  if (note === undefined || checkpoint === undefined) {
    throw new Error('The server answered /checkpoint with something that is no signed checkpoint.');
  }
  // A witness signs under a name of its own; what a log signs has the log's.
  const own = note.signatures.filter(({ name }) => name === checkpoint.origin);
  return { checkpoint, signers: own.map(({ name, id }) => `${name} (${id})`) };
}
