import type { LogSource } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { requestCheckpoint, requestConsistency, requestWitnessedCheckpoint } from './request-evidence.ts';

/** The log of a server. Its questions throw a `CommandFailure`, `notReached`, when no answer comes. */
export function logSourceOf(server: ServerAccess, signal: AbortSignal): LogSource {
  return {
    checkpoint: async () => (await requestCheckpoint(server, signal)).note,
    witnessedCheckpoint: async () => (await requestWitnessedCheckpoint(server, signal)).note,
    consistencyProof: (from, to) => requestConsistency(server, { from, to }, signal),
  };
}
