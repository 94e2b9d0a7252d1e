import type { exitCodes } from './exit-codes.ts';

/** Ends a command with one line on stderr and an exit code other than 0. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Why a command ends with a failure; names its exit code. */
export type FailureReason = Exclude<keyof typeof exitCodes, 'done'>;
