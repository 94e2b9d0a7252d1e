/**
 * What the exit code of a command says.
 *
 * - `done`: everything that was asked for
 * - `incomplete`: the rest was done, but the server refused events, or a person said no
 * - `usage`: a wrong command line; nothing was done
 * - `notVerified`: what was checked is damaged, or not proven as far as was asked
 * - `notReached`: the server or a directory cannot be used now; the same command can succeed later
 */
export const exitCodes = { done: 0, incomplete: 1, usage: 2, notVerified: 3, notReached: 4 } as const;

/** Exit code of a command. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
