import { type Checkpoint, parseVerifier, safeParseCheckpointBody, safeParseNote } from '@audit/integrity';
import type { AuditRecord, LogKeysResponse } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { ApiFailure } from '../../../api/api-failure.ts';
import { type Cosigner, cosignersOf } from './cosigners-of.ts';

/** What the log states of itself. Nothing of it is verified. */
export interface LogStatement {
  readonly checkpoint: Checkpoint;
  /** Names and ids of the keys of the log that signed it. */
  readonly signers: readonly string[];
  /** The newest checkpoint that witnesses cosigned; absent when none did. */
  readonly witnessed?: { readonly size: number; readonly cosigners: readonly Cosigner[] } | undefined;
}

/** The newest checkpoint and the newest that was cosigned, asked again every 15 seconds. Open to everybody. */
export const statementQuery = queryOptions({
  queryKey: ['log-statement'],
  queryFn: async ({ signal }): Promise<LogStatement> => {
    const [note, witnessed, keys] = await Promise.all([
      answerOf(api.GET('/checkpoint', { parseAs: 'text', signal })),
      unlessMissing(answerOf(api.GET('/checkpoint/witnessed', { parseAs: 'text', signal }))),
      answerOf(api.GET('/api/v1/audit/log-keys', { signal })),
    ]);
    const { checkpoint, signatures } = readNote(note);
    return {
      checkpoint,
      signers: signatures.filter(({ id }) => isLogKey(id, keys)).map(({ name, id }) => `${name} (${id})`),
      witnessed: witnessed === undefined ? undefined : readWitnessed(witnessed, keys),
    };
  },
  refetchInterval: 15_000,
});

/** The newest record: when the newest checkpoint was signed, since both are of one transaction. Needs a role. */
export const newestRecordQuery = queryOptions({
  queryKey: ['newest-record'],
  queryFn: async ({ signal }): Promise<AuditRecord | null> => {
    const { data } = await answerOf(
      api.GET('/api/v1/audit/events', { params: { query: { limit: 1 } }, signal }),
    );
    return data[0] ?? null;
  },
  refetchInterval: 15_000,
});

/** The newest verification of a trail by the server itself. Needs a role. */
export const serverVerificationQuery = queryOptions({
  queryKey: ['server-verification'],
  queryFn: async ({ signal }): Promise<AuditRecord | null> => {
    const query = { event_type: 'datastorage.chain.verified', limit: 1 };
    const { data } = await answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
    return data[0] ?? null;
  },
});

function readNote(text: string) {
  const note = safeParseNote(text);
  const checkpoint = note && safeParseCheckpointBody(note.text);
  if (note === undefined || checkpoint === undefined) {
    throw new Error('The server answered /checkpoint with something that is no signed checkpoint.');
  }
  return { checkpoint, signatures: note.signatures };
}

function readWitnessed(text: string, keys: LogKeysResponse): NonNullable<LogStatement['witnessed']> {
  const { checkpoint, signatures } = readNote(text);
  return {
    size: checkpoint.size,
    cosigners: cosignersOf(signatures.filter(({ id }) => !isLogKey(id, keys))),
  };
}

function isLogKey(id: string, { keys }: LogKeysResponse): boolean {
  return keys.some(({ key }) => parseVerifier(key).id === id);
}

async function unlessMissing<Data>(answer: Promise<Data>): Promise<Data | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'not_found') return undefined;
    throw error;
  }
}
