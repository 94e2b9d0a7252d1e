import { safeParseNote } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { askAnyway, notFrom } from './ask-server.ts';
import {
  requestCheckpoint,
  requestLogKeys,
  requestWitnessedCheckpoint,
  type ServedCheckpoint,
} from './request-evidence.ts';

/** How a server is. Nothing of it is verified. */
export interface ServerStatus {
  readonly readiness: Readiness;
  readonly checkpoint: ServedCheckpoint['stated'];
  readonly keys: readonly string[];
  readonly witnesses: readonly WitnessState[];
}

/** A witness that cosigned the newest checkpoint that has one. */
export interface WitnessState {
  readonly name: string;
  /** Size of the log that it cosigned. */
  readonly size: number;
  /** Milliseconds since 1970, by the witness's clock. */
  readonly cosignedAtMs: number;
}

/** Answer of `/readyz`. */
export interface Readiness {
  readonly status: string;
  readonly reason?: string;
  readonly log_id: string;
  readonly spec_version: string;
  readonly spec_hash: string;
  readonly spool?: { readonly requests: number; readonly bytes: number; readonly dead_letters: number };
}

/**
 * Asks a server how it is.
 * @throws {CommandFailure} `notReached` when nobody, or no audit server, answers
 */
export async function requestStatus(server: ServerAccess, signal: AbortSignal): Promise<ServerStatus> {
  const readiness = await requestReadiness(server, signal);
  const [checkpoint, witnessed, keys] = await Promise.all([
    requestCheckpoint(server, signal),
    requestWitnessedCheckpoint(server, signal),
    requestLogKeys(server, signal),
  ]);
  return {
    readiness,
    checkpoint: checkpoint.stated,
    keys: keys.map(({ key }) => key),
    witnesses: witnessesOf(witnessed),
  };
}

// A server that takes no events says so with status 503, and why in the same form.
async function requestReadiness(server: ServerAccess, signal: AbortSignal): Promise<Readiness> {
  const question = { path: 'readyz', accept: 'application/json', what: 'readiness', signal };
  const readiness = safeParseMembers(await askAnyway(server, question));
  const names = ['status', 'log_id', 'spec_version', 'spec_hash'] as const;
  if (!names.every((name) => typeof readiness[name] === 'string')) throw notFrom(server, question);
  // The contract gives the rest of an answer that has these members.
  return readiness as unknown as Readiness;
}

// C2SP tlog-cosignature: eight bytes of time in seconds, then an Ed25519 signature.
const cosignatureBytes = 72;

function witnessesOf({ note, stated }: ServedCheckpoint): readonly WitnessState[] {
  const signatures = safeParseNote(note)?.signatures ?? [];
  return signatures
    .filter(({ bytes, name }) => name !== stated.origin && bytes.length === cosignatureBytes)
    .map(({ bytes, name }) => {
      const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
      return { name, size: stated.size, cosignedAtMs: Number(seconds) * 1_000 };
    });
}
