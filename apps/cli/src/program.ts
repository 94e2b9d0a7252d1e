import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CommandContext } from './command-context.ts';
import { deadLettersCommand } from './commands/dead-letters/index.ts';
import { discloseCommand } from './commands/disclose.ts';
import { exportCommand } from './commands/export.ts';
import { proveCommand } from './commands/prove.ts';
import { sampleCommand } from './commands/sample.ts';
import { spoolCommand } from './commands/spool/index.ts';
import { verifyCommand } from './commands/verify.ts';
import { examples } from './examples.ts';

/** Describes the whole command line. A new command or group of commands is one more line here. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('audit')
    .description(
      'Looks after an audit trail: takes it out, proves and verifies it, and shows what waits and what was given up.',
    )
    .version(manifest.version)
    .addCommand(exportCommand(context))
    .addCommand(verifyCommand(context))
    .addCommand(proveCommand(context))
    .addCommand(sampleCommand(context))
    .addCommand(discloseCommand(context))
    .addCommand(spoolCommand(context))
    .addCommand(deadLettersCommand(context))
    .addHelpText(
      'after',
      examples(
        'audit export --output trail.jsonl',
        'audit verify --url https://audit.example.com --key log-keys.json',
        'audit spool list',
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
