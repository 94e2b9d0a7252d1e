import {
  type Checkpoint,
  type LogKeyPeriod,
  safeParseCheckpointBody,
  safeParseKeyList,
  safeParseNote,
} from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { isLogKey } from '../verification/read-keys.ts';
import { askForText, notFrom } from './ask-server.ts';

/** A checkpoint as a server states it. Believe it only when its note verifies. */
export interface ServedCheckpoint {
  /** The signed note. */
  readonly note: string;
  readonly stated: Checkpoint;
}

/**
 * Asks for the newest checkpoint.
 * @throws {CommandFailure} `notReached`
 */
export async function requestCheckpoint(
  server: ServerAccess,
  signal: AbortSignal,
): Promise<ServedCheckpoint> {
  const question = { path: 'checkpoint', accept: 'text/plain', what: 'checkpoint', signal };
  const served = safeParseServed(await askForText(server, question));
  if (served === undefined) throw notFrom(server, question);
  return served;
}

/**
 * Asks for the newest checkpoint that a witness cosigned; the newest of all when none has.
 * @throws {CommandFailure} `notReached`
 */
export async function requestWitnessedCheckpoint(
  server: ServerAccess,
  signal: AbortSignal,
): Promise<ServedCheckpoint> {
  const question = { path: 'checkpoint/witnessed', accept: 'text/plain', what: 'checkpoint', signal };
  const served = safeParseServed((await unlessUnknown(askForText(server, question))) ?? '');
  return served ?? requestCheckpoint(server, signal);
}

/**
 * Asks which keys the server says the log has. They are no reason to trust them.
 * @throws {CommandFailure} `notReached`
 */
export async function requestLogKeys(
  server: ServerAccess,
  signal: AbortSignal,
): Promise<readonly LogKeyPeriod[]> {
  const question = {
    path: 'api/v1/audit/log-keys',
    accept: 'application/json',
    what: 'list of keys',
    signal,
  };
  const keys = safeParseKeyList(await askForText(server, question));
  const isUsable = keys !== undefined && keys.length > 0 && keys.every(({ key }) => isLogKey(key));
  if (!isUsable) throw notFrom(server, question);
  return keys;
}

/**
 * Asks for the proof that the log only grew from one size to another; undefined when the server says that it has none.
 * What comes is hashes only when it verifies.
 * @throws {CommandFailure} `notReached`
 */
export async function requestConsistency(
  server: ServerAccess,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const path = `api/v1/audit/proofs/consistency?from=${from}&to=${to}`;
  const question = { path, accept: 'application/json', what: 'proof', signal };
  const text = await unlessUnknown(askForText(server, question));
  if (text === undefined) return undefined;
  const proof = safeParseProof(text);
  if (proof === undefined) throw notFrom(server, question);
  return proof;
}

function safeParseServed(note: string): ServedCheckpoint | undefined {
  const stated = safeParseCheckpointBody(safeParseNote(note)?.text ?? '');
  return stated === undefined ? undefined : { note, stated };
}

async function unlessUnknown(answer: Promise<string>): Promise<string | undefined> {
  try {
    return await answer;
  } catch (error) {
    // The question was right, so a refusal of it says that the server has no such thing.
    if (error instanceof CommandFailure && error.reason === 'usage') return undefined;
    throw error;
  }
}

function safeParseProof(text: string): readonly string[] | undefined {
  const { consistency_path: path } = safeParseMembers(text);
  return Array.isArray(path) && path.every((hash) => typeof hash === 'string') ? path : undefined;
}
