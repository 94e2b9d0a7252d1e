import type { CommandContext } from '../command-context.ts';
import type { TrustOptions } from '../options/trust-options.ts';
import { writeLine } from '../output/write-line.ts';
import { isAccepted } from './acceptance.ts';
import type { Continuity } from './continuity.ts';
import type { Finding } from './finding.ts';
import { rememberCheckpoint } from './remembered-checkpoints.ts';
import { type ReportSettings, reportFinding, requireAccepted } from './report-finding.ts';
import type { ServerTrust } from './server-trust.ts';

/** What was found with the help of a server. */
export interface VerifiedOnline {
  readonly finding: Finding;
  /** Absent when what was verified does not hold by itself. */
  readonly continuity?: Continuity | undefined;
}

/** Settings of {@link conclude}. */
export interface ConcludeSettings extends Pick<ReportSettings, 'before' | 'members'>, ServerTrust {
  readonly options: TrustOptions & { readonly json?: boolean; readonly stateDir: string };
  readonly context: CommandContext;
}

/**
 * Ends a verification that asked a server: reports, and remembers the newest checkpoint when a key that was given vouches
 * for all that was asked for.
 * @throws {CommandFailure} `notVerified` when that is not so
 */
export async function conclude(
  { continuity, finding }: VerifiedOnline,
  settings: ConcludeSettings,
): Promise<void> {
  const { before, context, isTrusted, options, trust } = settings;
  for (const file of continuity?.damaged ?? [])
    writeLine(context.stderr, `${file} is not a checkpoint that this log signed: it is not trusted`);
  const known = continuity?.remembered;
  const remembered = known === undefined ? null : { size: known.size, root: known.root };
  const members = { ...settings.members, remembered };
  const shown = { options, output: context.stdout, members };
  // Of what is broken nothing is shown as if it were so.
  reportFinding(finding, finding.report.verdict === 'broken' ? shown : { ...shown, before });
  if (continuity !== undefined && isTrusted && isAccepted(finding, options))
    await rememberCheckpoint(options.stateDir, continuity.newest, trust);
  requireAccepted(finding, options);
}
