import type { ExitCode } from '../exit-codes.ts';
import { run } from '../run.ts';

/** What a command wrote and how it ended. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Circumstances of a command; default nobody at a terminal. */
export interface CommandCircumstances {
  /** What the person at the terminal answers. */
  readonly answer?: string;
  /** Milliseconds since 1970. */
  readonly nowMs?: number;
  readonly signal?: AbortSignal;
  /** Sees what is written to stdout when it is written. */
  readonly onStdout?: (text: string) => void;
  /** Sees what is written to stderr when it is written. */
  readonly onStderr?: (text: string) => void;
}

/** Runs a command line within the process of the test. */
export async function runCommand(
  commandLine: readonly string[],
  circumstances: CommandCircumstances = {},
): Promise<CommandResult> {
  const {
    answer,
    nowMs = Date.now(),
    onStderr,
    onStdout,
    signal = new AbortController().signal,
  } = circumstances;
  let stdout = '';
  let stderr = '';
  const isTerminal = answer !== undefined;
  const exitCode = await run(commandLine, {
    stdout: {
      isTerminal,
      hasColors: false,
      write: (text) => {
        stdout += text;
        onStdout?.(text);
      },
      writeBytes: async (bytes) => {
        stdout += Buffer.from(bytes).toString();
      },
    },
    stderr: {
      isTerminal,
      hasColors: false,
      write: (text) => {
        stderr += text;
        onStderr?.(text);
      },
    },
    ...(answer !== undefined && {
      ask: async (question: string) => {
        stderr += `${question}\n`;
        return answer;
      },
    }),
    now: () => nowMs,
    signal,
  });
  return { exitCode, stdout, stderr };
}
