import { type DeadLetter, readDeadLetters } from '@audit/spool';
import { type Command, Option } from 'commander';
import { parseDirectory } from '../options/directory.ts';
import { spoolRootOption } from '../options/spool-root.ts';
import { findSpools } from '../spools/find-spools.ts';

/** A dead letter and the spool that keeps it. */
export interface KeptLetter {
  readonly directory: string;
  readonly letter: DeadLetter;
}

/** Where a person looks for dead letters. */
export interface LetterPlace {
  readonly root: string;
  readonly directory?: string;
}

/** Adds the options that say where dead letters are looked for. */
export function addLetterPlace(command: Command): Command {
  return command
    .addOption(spoolRootOption())
    .addOption(
      new Option('--directory <directory>', 'look in this one spool only').argParser(parseDirectory),
    );
}

/** Reads the dead letters of one spool or of every spool below the root, the oldest of each spool first. */
export async function readKeptLetters({ root, directory }: LetterPlace): Promise<readonly KeptLetter[]> {
  const directories = directory === undefined ? await findSpools(root) : [directory];
  const kept: KeptLetter[] = [];
  for (const place of directories) {
    const letters = await readDeadLetters(place);
    kept.push(...letters.map((letter) => ({ directory: place, letter })));
  }
  return kept;
}
