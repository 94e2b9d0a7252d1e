import { bashScript } from './bash-script.ts';
import type { CommandWords } from './command-words.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

/** The shells that complete command lines, each with what writes its script. */
export const shells = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
} as const satisfies Record<string, (words: readonly CommandWords[]) => string>;
