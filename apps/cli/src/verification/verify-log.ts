import { type CheckpointReport, type ExportReport, exportReport, verifyCheckpoint } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import {
  requestCheckpoint,
  requestWitnessedCheckpoint,
  type ServedCheckpoint,
} from '../server/request-evidence.ts';
import { type Continuity, checkContinuity } from './continuity.ts';
import { addChecks, type Finding } from './finding.ts';
import { dropVerification, keepVerification } from './kept-verification.ts';
import { readLog } from './read-log.ts';
import { keyTextOf, type ServerTrust } from './server-trust.ts';
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
  const { isTrusted, trust } = settings;
  const served = await requestTarget(server, settings);
  const target = await verifyCheckpoint(served.note, trust);
  const key = keyTextOf(trust, target.signedBy[0]);
  const about = { kind: 'log', subject: server.url.href, isTrusted } as const;
  if (key === undefined) return { finding: { ...about, report: unread(target) } };
  const { continuity, report } = await verifyFrom(server, { ...settings, served, target, key });
  const checked = addChecks(report, continuity);
  return { finding: { ...about, report: isTrusted ? checked : unproven(checked) }, continuity };
}

function requestTarget(
  server: ServerAccess,
  { signal, trust }: VerifyLogSettings,
): Promise<ServedCheckpoint> {
  const isWitnessed = (trust.witnesses ?? []).length > 0;
  return isWitnessed ? requestWitnessedCheckpoint(server, signal) : requestCheckpoint(server, signal);
}

interface LogTarget extends VerifyLogSettings {
  /** The checkpoint that the records are to lead to. */
  readonly served: ServedCheckpoint;
  /** What was found of it: it is signed. */
  readonly target: CheckpointReport;
  /** Key that signed it. */
  readonly key: string;
}

async function verifyFrom(
  server: ServerAccess,
  settings: LogTarget,
): Promise<{ readonly report: ExportReport; readonly continuity: Continuity }> {
  const { key, onBegin, onNotice, served, signal, stateDirectory, target } = settings;
  const { note, stated } = served;
  const { size } = stated;
  const { before, notice, verifier } = await takeUp({ stateDirectory, key, size });
  if (notice !== undefined) onNotice(notice);
  const seen = {
    'served just now': stated,
    ...(before !== undefined && { 'served when this verification began': before }),
  };
  const continuity = await checkContinuity(server, { ...settings, seen });
  if (continuity.failure !== undefined) return { report: unread(target), continuity };
  const keep = () => keepVerification(stateDirectory, { key, checkpoint: note, state: verifier.state() });
  await readLog(verifier, server, { size, signal, onProgress: onBegin(verifier.next, size), keep });
  await dropVerification(stateDirectory, key);
  return { report: exportReport(verifier, target), continuity };
}

/** The report of a log whose checkpoint alone was looked at. */
function unread(checkpoint: CheckpointReport): ExportReport {
  const { checks, failure, verdict } = checkpoint;
  return {
    verdict,
    checks,
    failure,
    checkpoint,
    records: 0,
    purged: 0,
    disclosures: 0,
    correlations: 0,
    unlinked: 0,
  };
}

// By keys that nobody vouches for, a log agrees with itself and no more.
function unproven(report: ExportReport): ExportReport {
  return report.verdict === 'broken' ? report : { ...report, verdict: 'cannot_check' };
}
