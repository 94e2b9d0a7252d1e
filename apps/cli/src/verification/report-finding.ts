import type { TextOutput } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import type { TrustOptions } from '../options/trust-options.ts';
import { jsonLine } from '../output/json.ts';
import { isAccepted, whyNot } from './acceptance.ts';
import type { Finding } from './finding.ts';
import { notShown } from './not-shown.ts';
import { renderReport } from './render-report.ts';
import { reportJson } from './report-json.ts';
import type { ExportClaim } from './verify-file.ts';

/** Settings of {@link reportFinding}. */
export interface ReportSettings {
  readonly options: TrustOptions & { readonly json?: boolean };
  readonly output: TextOutput;
  /** How an export was said to be made. */
  readonly claim?: ExportClaim;
  /** What stands before the report for a person; default nothing. */
  readonly before?: string | undefined;
  /** What stands behind it; default nothing. */
  readonly after?: string | undefined;
  /** Further members for machines. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Writes what was found, for a person or for machines. */
export function reportFinding(finding: Finding, settings: ReportSettings): void {
  const { after = '', before = '', claim, members, options, output } = settings;
  const said = { finding, notShown: notShown(finding, claim) };
  if (options.json) {
    const report = reportJson({ ...said, accepted: isAccepted(finding, options) });
    output.write(jsonLine({ ...report, ...members }));
    return;
  }
  output.write(`${before}${renderReport({ ...said, hasColors: output.hasColors })}${after}`);
}

/**
 * Ends the command unless what was found is all that was asked for.
 * @throws {CommandFailure} `notVerified`
 */
export function requireAccepted(finding: Finding, options: TrustOptions): void {
  if (!isAccepted(finding, options)) throw new CommandFailure('notVerified', whyNot(finding));
}
