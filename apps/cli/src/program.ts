import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CommandContext } from './command-context.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { completionCommand } from './commands/completion.ts';
import { deadLettersCommand } from './commands/dead-letters/index.ts';
import { diffCommand } from './commands/diff.ts';
import { discloseCommand } from './commands/disclose.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { holdCommand } from './commands/hold/index.ts';
import { keysCommand } from './commands/keys.ts';
import { profileCommand } from './commands/profile/index.ts';
import { proveCommand } from './commands/prove.ts';
import { queryCommand } from './commands/query.ts';
import { reconstructCommand } from './commands/reconstruct.ts';
import { retentionCommand } from './commands/retention.ts';
import { sampleCommand } from './commands/sample.ts';
import { showCommand } from './commands/show.ts';
import { spoolCommand } from './commands/spool/index.ts';
import { statsCommand } from './commands/stats.ts';
import { statusCommand } from './commands/status.ts';
import { tailCommand } from './commands/tail.ts';
import { trailCommand } from './commands/trail.ts';
import { verifyCommand } from './commands/verify.ts';
import { verifyChainCommand } from './commands/verify-chain.ts';
import { viewCommand } from './commands/view/index.ts';
import { whyCommand } from './commands/why.ts';
import { examples } from './examples.ts';

/** Describes the whole command line. A new command or group of commands is one more line here. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('audit')
    .description(
      'Reads an audit trail and looks after it: tells what happened and why, takes it out, proves and verifies it.',
    )
    .version(manifest.version)
    .commandsGroup('What happened:')
    .addCommand(queryCommand(context))
    .addCommand(trailCommand(context))
    .addCommand(whyCommand(context))
    .addCommand(diffCommand(context))
    .addCommand(tailCommand(context))
    .addCommand(statsCommand(context))
    .addCommand(showCommand(context))
    .addCommand(reconstructCommand(context))
    .addCommand(catalogueCommand(context))
    .commandsGroup('Evidence:')
    .addCommand(exportCommand(context))
    .addCommand(verifyCommand(context))
    .addCommand(verifyChainCommand(context))
    .addCommand(proveCommand(context))
    .addCommand(sampleCommand(context))
    .addCommand(keysCommand(context))
    .addCommand(statusCommand(context))
    .commandsGroup('Holds and personal data:')
    .addCommand(holdCommand(context))
    .addCommand(retentionCommand(context))
    .addCommand(discloseCommand(context))
    .addCommand(eraseCommand(context))
    .commandsGroup('Events on their way:')
    .addCommand(spoolCommand(context))
    .addCommand(deadLettersCommand(context))
    .commandsGroup('This program:')
    .addCommand(profileCommand(context))
    .addCommand(viewCommand(context))
    .addCommand(completionCommand(context))
    .addHelpText(
      'after',
      examples(
        'audit profile set production --url https://audit.example.com --token-file audit.token',
        'audit query --since 1h --outcome failure',
        'audit trail rr-3f9ab2c41d07-5e8c1a7b',
        'audit why rr-3f9ab2c41d07-5e8c1a7b',
        'audit help verify',
      ),
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // Help that is shown for want of a command is a result as well.
      writeErr: (text) => context.stdout.write(text),
      // Errors are written in one place, by `run`.
      outputError: () => {},
      getOutHasColors: () => context.stdout.hasColors,
      getErrHasColors: () => context.stderr.hasColors,
    });
  inheritSettings(program);
  return program;
}

// A command that is added does not inherit these settings by itself.
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent).allowExcessArguments(false);
    inheritSettings(command);
  }
}
