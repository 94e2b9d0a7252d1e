import { displayText, isAuditError } from '@audit/schema';
import { CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import { CommandFailure } from './command-failure.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

const messageCharsMax = 1_000;

/** Runs a command line. Whatever goes wrong is one line on stderr and an exit code. */
export async function run(commandLine: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    await createProgram(context).parseAsync([...commandLine], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    const failure = toFailure(error);
    if (failure === undefined) return exitCodes.done;
    context.stderr.write(`audit: ${displayText(failure.message, messageCharsMax)}\n`);
    return exitCodes[failure.reason];
  }
}

function toFailure(error: unknown): CommandFailure | undefined {
  if (error instanceof CommandFailure) return error;
  if (error instanceof CommanderError) return usageFailure(error);
  if (isAuditError(error)) {
    const reason = error.code === 'invalid_configuration' ? 'usage' : 'notReached';
    return new CommandFailure(reason, error.message, { cause: error });
  }
  // What the operating system says of a file is no fault of the program.
  if (error instanceof Error && 'syscall' in error) return new CommandFailure('notReached', error.message);
  throw error;
}

// Help that was asked for ends with 0, and so does a group without a command, which shows its help.
function usageFailure({ code, exitCode, message }: CommanderError): CommandFailure | undefined {
  if (exitCode === 0 || code === 'commander.help') return undefined;
  const line = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return new CommandFailure('usage', line);
}
