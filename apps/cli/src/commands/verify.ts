import { statSync } from 'node:fs';
import { Argument, Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { addClaimOptions, type ClaimOptions, isUnclaimed, readClaim } from '../options/claim-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions } from '../options/server-options.ts';
import { stateDirectoryOption } from '../options/state-directory.ts';
import { addTrustOptions, readTrust, repeatable } from '../options/trust-options.ts';
import { createProgress } from '../output/progress.ts';
import { chooseProfile } from '../profiles/choose-profile.ts';
import {
  areProven,
  DisclosedRecords,
  renderValues,
  requireValues,
} from '../verification/disclosed-values.ts';
import { readDisclosureFile } from '../verification/disclosure-file.ts';
import { reportFinding, requireAccepted } from '../verification/report-finding.ts';
import { verifyFile } from '../verification/verify-file.ts';
import { type VerifyServerOptions, verifyServer } from './verify-server.ts';

interface VerifyOptions extends VerifyServerOptions, ClaimOptions {
  readonly disclosure: readonly string[];
}

/** `audit verify`. */
export function verifyCommand(context: CommandContext): Command {
  const command = new Command('verify')
    .description('verify an evidence pack or an export offline, or the whole log of a server')
    .addArgument(new Argument('[file]', 'evidence pack, or export as jsonl; left out for the log of --url'));
  addServerOptions(addTrustOptions(addClaimOptions(command)));
  return command
    .addOption(
      repeatable('--disclosure <file>', 'values from "audit disclose", to prove by the file; repeatable'),
    )
    .addOption(stateDirectoryOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit verify remediation.pack --key audit.example.com/log+72b5e219+AcTF...',
        'audit verify trail.jsonl --checkpoint checkpoint --key log-keys.json --witness witnesses.txt',
        'audit verify remediation.jsonl --filtered correlation --consistency-only',
        'audit verify remediation.pack --key log-keys.json --disclosure values.json',
        'audit verify --url https://audit.example.com --key audit.example.com/log+72b5e219+AcTF...',
      ),
    )
    .action((file: string | undefined, options: VerifyOptions) => {
      if (file === undefined) return verifyOnline(options, context);
      // A variable that names the server is for other commands as well.
      if (command.getOptionValueSource('url') !== 'cli') return verifyOffline(file, options, context);
      throw new CommandFailure('usage', 'give a file or --url, not both');
    });
}

function verifyOnline(options: VerifyOptions, context: CommandContext): Promise<void> {
  if ((options.url ?? chooseProfile(options).url) === undefined)
    throw new CommandFailure('usage', 'what is to be verified? Give a file, or a server with --url');
  if (!isUnclaimed(options) || options.disclosure.length > 0)
    throw new CommandFailure(
      'usage',
      '--checkpoint, --filtered, --disclosure and sequences are for files: a server is verified as a whole',
    );
  return verifyServer(options, context);
}

async function verifyOffline(file: string, options: VerifyOptions, context: CommandContext): Promise<void> {
  const { now, stderr, stdout } = context;
  const trust = readTrust(options);
  const claim = readClaim(options);
  const disclosed = new DisclosedRecords(options.disclosure.map(readDisclosureFile));
  const total = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const progress = createProgress(stderr, { total, what: 'bytes', now });
  let bytes = 0;
  const onPiece = (piece: Uint8Array) => {
    disclosed.push(piece);
    bytes += piece.length;
    progress.show(bytes);
  };
  const finding = await verifyFile(file, { trust, claim, onPiece }).finally(progress.end);
  // Of a file that is broken nothing is believed.
  const values = finding.report.verdict === 'broken' ? [] : disclosed.verify();
  const members = {
    ...(options.disclosure.length > 0 && { disclosed: values }),
    ...(!areProven(values) && { accepted: false }),
  };
  reportFinding(finding, { options, claim, output: stdout, after: renderValues(values), members });
  requireAccepted(finding, options);
  requireValues(values);
}
