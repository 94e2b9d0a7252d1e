import { describeThrown } from './describe-thrown.ts';

/**
 * Calls a user's listener. What it throws, or rejects with, becomes a process warning: the delivery must go on, and the
 * fault must not vanish.
 */
export function callListener(name: string, listener: () => unknown): void {
  new Promise((resolve) => {
    resolve(listener());
  }).catch((error: unknown) => {
    const detail = error instanceof Error ? error.stack : undefined;
    warn(`${name} of the audit client threw: ${describeThrown(error)}`, detail);
  });
}

/** Tells the operator, where no listener was given that could. */
export function warn(message: string, detail?: string): void {
  process.emitWarning(message, detail === undefined ? {} : { detail });
}
