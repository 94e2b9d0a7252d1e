import { verifyServedLog } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { logSourceOf } from '../server/log-source-of.ts';
import type { Continuity } from './continuity.ts';
import type { Finding } from './finding.ts';
import { dropVerification, keepVerification } from './kept-verification.ts';
import { readLog } from './read-log.ts';
import { recallCheckpoints } from './remembered-checkpoints.ts';
import type { ServerTrust } from './server-trust.ts';
import { takeUp } from './take-up.ts';

/** Settings of {@link verifyLog}. */
export interface VerifyLogSettings extends ServerTrust {
  readonly stateDirectory: string;
  readonly signal: AbortSignal;
  /** Is told before the records come with how many it begins, and of how many; returns who is told how far it got. */
  readonly onBegin: (records: number, size: number) => (records: number) => void;
  /** Is told in a sentence what a person should know. */
  readonly onNotice: (notice: string) => void;
}

/** What {@link verifyLog} found. */
export interface VerifiedLog {
  readonly finding: Finding;
  /** Absent when the log's checkpoint itself does not hold. */
  readonly continuity?: Continuity;
}

/**
 * Verifies the whole log of a server, as an outsider: its newest checkpoint (the newest cosigned one when witnesses are
 * trusted), that the log only grew since it was last seen, and every record up to the root. It goes on where an earlier
 * verification of the log stopped.
 * @throws {CommandFailure} `notReached`, or `incomplete` when it is stopped; the same command goes on then
 */
export async function verifyLog(server: ServerAccess, settings: VerifyLogSettings): Promise<VerifiedLog> {
  const { isTrusted, onBegin, onNotice, signal, stateDirectory, trust } = settings;
  let damaged: readonly string[] = [];
  const { growth, report } = await verifyServedLog(logSourceOf(server, signal), {
    trust,
    isTrusted,
    async begin({ checkpoint: { size }, key }) {
      const { before, notice, verifier } = await takeUp({ stateDirectory, key, size });
      if (notice !== undefined) onNotice(notice);
      const recalled = await recallCheckpoints(stateDirectory, { keys: trust.keys });
      damaged = recalled.damaged;
      const seen = before === undefined ? {} : { 'served when this verification began': before };
      return { verifier, remembered: recalled.checkpoints, seen };
    },
    async read(verifier, { checkpoint: { size }, key, note }) {
      const keep = () => keepVerification(stateDirectory, { key, checkpoint: note, state: verifier.state() });
      await readLog(verifier, server, { size, signal, onProgress: onBegin(verifier.next, size), keep });
      await dropVerification(stateDirectory, key);
    },
  });
  const finding = { kind: 'log', subject: server.url.href, isTrusted, report } as const;
  return growth === undefined ? { finding } : { finding, continuity: { ...growth, damaged } };
}
