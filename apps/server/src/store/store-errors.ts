import { StartRefusedError } from '../start-refused-error.ts';

/** The database cannot be reached or gave up for the moment; the same work can succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** More waits to be stored than the server is willing to hold; the same work can succeed in a moment. */
export class TooManyWaitingError extends Error {
  override readonly name = 'TooManyWaitingError';
}

const programErrors = [StartRefusedError, TypeError, RangeError, ReferenceError, SyntaxError];

// SQLSTATE classes that blame the values: data, integrity, program limits. All others tell of the database's own state,
// which changes without the values: away, starting, read-only after a failover, out of disk, without its tables.
const valueClasses = new Set(['22', '23', '54']);

/** Tells whether the same work can succeed later: the error is about the database, not about the values. */
export function isPassingError(error: unknown): boolean {
  const state = databaseState(error);
  return state !== undefined && !valueClasses.has(state.slice(0, 2));
}

// SQLSTATE classes of a server that is not there or not ready: connection, resources, operator, system.
const unreachableClasses = new Set(['08', '53', '57', '58']);

/** Tells whether the database cannot be reached; a wrong password or a missing database is another matter. */
export function isUnreachable(error: unknown): boolean {
  const state = databaseState(error);
  return state !== undefined && (state === '' || unreachableClasses.has(state.slice(0, 2)));
}

/** SQLSTATE of a database error, empty for one of the connection; undefined for errors of the program itself. */
function databaseState(error: unknown): string | undefined {
  if (!(error instanceof Error) || programErrors.some((kind) => error instanceof kind)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Every SQLSTATE has a digit; EPIPE, which is the connection's, has none.
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : '';
}

/** Tells whether a write failed because a unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return databaseState(error) === '23505';
}

/** Tells whether a commit failed because the log does not end where it was prepared for; SQLSTATE of `move_end`. */
export function isEndElsewhere(error: unknown): boolean {
  return databaseState(error) === '23X10';
}

/** Why the database refused to do what an event of the server says. */
export type Refusal = 'forbidden_now' | 'nothing_there';

const refusals: Readonly<Record<string, Refusal>> = { '23X09': 'forbidden_now', '23X04': 'nothing_there' };

/** Tells why the database refused an event of the server; undefined for every other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Error && 'code' in error ? refusals[String(error.code)] : undefined;
}
