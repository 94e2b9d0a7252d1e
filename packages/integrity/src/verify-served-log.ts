import { type CheckpointReport, type CheckpointSigner, type Trust, verifyCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint-body.ts';
import { type Growth, type GrowthSettings, verifyGrowth } from './log-growth.ts';
import type { LogSource } from './log-source.ts';
import type { LogVerifier } from './log-verifier.ts';
import { addChecks } from './more-checks.ts';
import { parseVerifier } from './note-key.ts';
import { type ExportReport, exportReport } from './verify-export.ts';

/** The checkpoint that the records of a log are to lead to. */
export interface LogTarget {
  /** The signed note. */
  readonly note: string;
  readonly checkpoint: Checkpoint;
  /** Text of the key that signed it. */
  readonly key: string;
}

/** A verification that has begun, here or in an earlier run. */
export interface BegunVerification extends Pick<GrowthSettings, 'remembered'> {
  readonly verifier: LogVerifier;
  /** Further checkpoints that were seen and verified, by where; default none. */
  readonly seen?: GrowthSettings['seen'];
}

/** Settings of {@link verifyServedLog}. */
export interface ServedLogSettings {
  /** Whom to believe. With witnesses, the newest checkpoint that one cosigned is the target. */
  readonly trust: Trust;
  /** Whether the keys of `trust` come from elsewhere than the source. */
  readonly isTrusted: boolean;
  /** Makes the verifier of a log of the target's size, or takes one up that got somewhere before. */
  readonly begin: (target: LogTarget) => Promise<BegunVerification>;
  /** Gives the verifier every record that is due, up to the target, and ends it; stops at its first failure. */
  readonly read: (verifier: LogVerifier, target: LogTarget) => Promise<void>;
}

/** What {@link verifyServedLog} found. */
export interface ServedLogReport {
  readonly report: ExportReport;
  /** Absent when the log's checkpoint itself does not hold. */
  readonly growth?: Growth | undefined;
}

/**
 * Verifies the whole log that a source serves, as an outsider: its checkpoint, that it only grew since it was last seen, and
 * every record up to the root. With keys of the source itself the verdict is `cannot_check` at most.
 */
export async function verifyServedLog(
  source: LogSource,
  settings: ServedLogSettings,
): Promise<ServedLogReport> {
  const { isTrusted, trust } = settings;
  const isWitnessed = (trust.witnesses ?? []).length > 0;
  const note = await (isWitnessed ? source.witnessedCheckpoint() : source.checkpoint());
  const found = await verifyCheckpoint(note, trust);
  const { checkpoint } = found;
  const key = keyTextOf(trust, found.signedBy[0]);
  if (checkpoint === undefined || key === undefined) return { report: unread(found) };
  const target = { note, checkpoint, key };
  const { remembered, seen, verifier } = await settings.begin(target);
  const growth = await verifyGrowth(source, {
    trust,
    remembered,
    seen: { 'served just now': checkpoint, ...seen },
  });
  if (growth.failure !== undefined) return { report: addChecks(unread(found), growth), growth };
  await settings.read(verifier, target);
  const report = addChecks(exportReport(verifier, found), growth);
  return { report: isTrusted ? report : unproven(report), growth };
}

/** The keys that are trusted, as texts. */
export function keyTextsOf({ keys }: Trust): readonly string[] {
  return keys.map((entry) => (typeof entry === 'string' ? entry : entry.key));
}

function keyTextOf(trust: Trust, signer: CheckpointSigner | undefined): string | undefined {
  return keyTextsOf(trust).find((key) => {
    const { id, name } = parseVerifier(key);
    return name === signer?.name && id === signer.id;
  });
}

/** The report of a log whose checkpoint alone was looked at. */
function unread(checkpoint: CheckpointReport): ExportReport {
  const { checks, failure, verdict } = checkpoint;
  const none = { records: 0, purged: 0, disclosures: 0, correlations: 0, unlinked: 0 };
  return { verdict, checks, failure, checkpoint, ...none };
}

// By keys that nobody vouches for, a log agrees with itself and no more.
function unproven(report: ExportReport): ExportReport {
  return report.verdict === 'broken' ? report : { ...report, verdict: 'cannot_check' };
}
