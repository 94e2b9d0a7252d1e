import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { renderMembers } from '../output/members.ts';
import { formatAge, formatBytes, formatCount } from '../output/quantities.ts';
import { requestStatus, type ServerStatus, type WitnessState } from '../server/request-status.ts';

interface StatusOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit status`. */
export function statusCommand(context: CommandContext): Command {
  return addServerOptions(new Command('status'))
    .description('tell whether the server takes events, how large its log is, and who witnesses it')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit status', "audit status --json | jq '.checkpoint.size'"))
    .action((options: StatusOptions) => tellStatus(options, context));
}

async function tellStatus(options: StatusOptions, { now, signal, stdout }: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  const status = await requestStatus(server, signal);
  if (options.json) stdout.write(jsonLine({ url: server.url.href, ...status }));
  else stdout.write(renderMembers({ server: server.url.href, ...describe(status, now()) }));
  const { reason, status: readiness } = status.readiness;
  if (readiness === 'not_ready')
    throw new CommandFailure(
      'notReached',
      `${server.url.href} takes no events: ${reason ?? 'no reason given'}`,
    );
}

function describe(status: ServerStatus, nowMs: number): Readonly<Record<string, string>> {
  const { checkpoint, keys, readiness, witnesses } = status;
  const { log_id: log, reason, spec_hash: hash, spec_version: version, spool } = readiness;
  return {
    status: reason === undefined ? readiness.status : `${readiness.status} (${reason})`,
    log: `${log}, ${formatCount(checkpoint.size)} records`,
    origin: checkpoint.origin,
    root: checkpoint.root,
    keys: keys.join(', '),
    witnesses:
      witnesses.length === 0
        ? 'none: nobody outside vouches for this log'
        : witnesses.map((witness) => witnessText(witness, checkpoint.size, nowMs)).join('; '),
    ...(spool !== undefined && {
      spool: `${formatCount(spool.requests)} requests wait (${formatBytes(spool.bytes)}), ${formatCount(spool.dead_letters)} dead letters`,
    }),
    contract: `${version} (${hash.slice(0, 12)})`,
  };
}

function witnessText({ cosignedAtMs, name, size }: WitnessState, logSize: number, nowMs: number): string {
  const behind =
    size === logSize ? 'all of it' : `${formatCount(size)} records, ${formatCount(logSize - size)} behind`;
  return `${name} (${behind}, ${formatAge(nowMs - cosignedAtMs)} ago)`;
}
