import { type Checkpoint, safeParseCheckpointBody, safeParseNote } from '@audit/integrity';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../api/answer-of.ts';
import { api } from '../../api/api.ts';

/** A checkpoint as the server gave it. Its signatures are not verified. */
export interface ServedCheckpoint extends Checkpoint {
  /** Names and ids of the keys that signed it. */
  readonly signers: readonly string[];
}

/** The newest checkpoint of the log, read and not verified. */
export const checkpointQuery = queryOptions({
  queryKey: ['checkpoint'],
  queryFn: async ({ signal }): Promise<ServedCheckpoint> =>
    readCheckpoint(await answerOf(api.GET('/checkpoint', { parseAs: 'text', signal }))),
});

function readCheckpoint(text: string): ServedCheckpoint {
  const note = safeParseNote(text);
  const checkpoint = note && safeParseCheckpointBody(note.text);
  if (note === undefined || checkpoint === undefined) {
    throw new Error('The server answered /checkpoint with something that is no signed checkpoint.');
  }
  return { ...checkpoint, signers: note.signatures.map(({ name, id }) => `${name} (${id})`) };
}
