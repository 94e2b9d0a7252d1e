import { Argument, Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { commandWords } from '../completion/command-words.ts';
import { shells } from '../completion/shells.ts';
import { examples } from '../examples.ts';

/** `audit completion`. */
export function completionCommand({ stdout }: CommandContext): Command {
  const command = new Command('completion');
  return command
    .description('write the script by which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      examples(
        'echo "source <(audit completion bash)" >> ~/.bashrc',
        'echo "source <(audit completion zsh)" >> ~/.zshrc',
        'audit completion fish > ~/.config/fish/completions/audit.fish',
      ),
    )
    .action((shell: keyof typeof shells) => {
      // The program is above every command.
      if (command.parent !== null) stdout.write(shells[shell](commandWords(command.parent)));
    });
}
