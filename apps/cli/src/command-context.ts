/** Everything a command touches of the process it runs in, so that tests can run commands without one. */
export interface CommandContext {
  /** For results. */
  readonly stdout: TextOutput & ByteOutput;
  /** For progress, questions and errors. */
  readonly stderr: TextOutput;
  /** Asks the person at the terminal for a line; absent when nobody is there. */
  readonly ask?: (question: string) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Aborts when the person wants the command to stop. Whoever reads it stops by himself then; a command that does not is
   * ended by Ctrl-C at once, which is right where nothing is left half done.
   */
  readonly signal: AbortSignal;
}

/** Where text goes. */
export interface TextOutput {
  /** Whether a person sees it; only then it may have colours, and lines that are written over. */
  readonly isTerminal: boolean;
  /** Whether the terminal shows colours and the person wants them. */
  readonly hasColors: boolean;
  /** Characters of a line of the terminal; undefined when there is none. */
  readonly columns?: number | undefined;
  write(text: string): void;
}

/** Where bytes go as they are. */
export interface ByteOutput {
  /** Resolves when more may come, so that nothing piles up before a slow reader. */
  writeBytes(bytes: Uint8Array): Promise<void>;
}
