import type { Command, Option } from 'commander';

/** What can follow a command on the command line. */
export interface CommandWords {
  /** Names of the commands that lead there, such as `hold place`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly DescribedWord[];
  readonly options: readonly OptionWords[];
}

/** A word with what it is. */
export interface DescribedWord {
  readonly word: string;
  readonly description: string;
}

/** An option, and what can follow it. */
export interface OptionWords extends DescribedWord {
  /** Whether something must follow it. */
  readonly takesValue: boolean;
  /** The values that it takes, when there is a list of them. */
  readonly choices: readonly string[];
}

/** Lists what can follow the program and every command below it. */
export function commandWords(program: Command): readonly CommandWords[] {
  return wordsBelow(program, '');
}

function wordsBelow(command: Command, path: string): readonly CommandWords[] {
  const commands = command.commands.map((child) => ({
    word: child.name(),
    description: child.description(),
  }));
  const own = { path, commands, options: command.createHelp().visibleOptions(command).flatMap(optionWords) };
  const below = command.commands.flatMap((child) => wordsBelow(child, `${path} ${child.name()}`.trim()));
  return [own, ...below];
}

function optionWords(option: Option): readonly OptionWords[] {
  const { argChoices: choices = [], description, long } = option;
  return long == null
    ? []
    : [{ word: long, description, takesValue: option.required || option.optional, choices }];
}
