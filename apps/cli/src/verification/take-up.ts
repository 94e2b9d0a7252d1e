import {
  type Checkpoint,
  isIntegrityError,
  LogVerifier,
  type LogVerifierState,
  verifyCheckpoint,
} from '@audit/integrity';
import { formatCount } from '../output/quantities.ts';
import { findVerification, verificationFile } from './kept-verification.ts';

/** A verification to begin or to go on with. */
export interface TakenUp {
  readonly verifier: LogVerifier;
  /** The checkpoint that the earlier run worked towards, when this goes on with one. */
  readonly before?: Checkpoint;
  /** What a person should know about it. */
  readonly notice?: string;
}

/** Settings of {@link takeUp}. */
export interface TakeUpSettings {
  readonly stateDirectory: string;
  readonly key: string;
  /** Number of records that the log should have. */
  readonly size: number;
}

/**
 * Takes up the verification of a log where an earlier run stopped, or begins one. What was kept is used only when it is as
 * it was written and of this log and key.
 */
export async function takeUp({ key, size, stateDirectory }: TakeUpSettings): Promise<TakenUp> {
  const found = await findVerification(stateDirectory, key);
  if (found.status === 'none') return { verifier: new LogVerifier({ size }) };
  const startingOver = (reason: string): TakenUp => ({
    verifier: new LogVerifier({ size }),
    notice: `${verificationFile(stateDirectory, key)} ${reason}: it is not trusted, and the verification starts over`,
  });
  if (found.status === 'damaged') return startingOver('is damaged');
  if (found.status === 'of_another_key') return startingOver('is of another log or key');
  const { checkpoint: note, state } = found.kept;
  const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [key] });
  if (checkpoint === undefined || failure !== undefined) return startingOver('is of another log or key');
  if (state.frontier.size > size) return startingOver('got further than what is to be verified now');
  const verifier = safeRestore(state, size);
  if (verifier === undefined) return startingOver('is damaged');
  const notice = `going on at record ${formatCount(verifier.next)} of ${formatCount(size)}, where an earlier run stopped`;
  return { verifier, before: checkpoint, notice };
}

function safeRestore(state: LogVerifierState, size: number): LogVerifier | undefined {
  try {
    return new LogVerifier({ state, size });
  } catch (error) {
    if (isIntegrityError(error)) return undefined;
    throw error;
  }
}
