/** The database cannot be reached or gave up for the moment; the same work can succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

// SQLSTATE classes of errors that pass by themselves: connection, transaction rollback, resources, operator, system.
const passingClasses = new Set(['08', '40', '53', '55', '57', '58']);

const programErrors = [TypeError, RangeError, ReferenceError, SyntaxError];

/** Tells whether a database error passes by itself; errors without an SQLSTATE come from the connection. */
export function isPassingError(error: unknown): boolean {
  if (!(error instanceof Error) || programErrors.some((kind) => error instanceof kind)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return !/^[0-9A-Z]{5}$/.test(code) || passingClasses.has(code.slice(0, 2));
}

/** Tells whether a write failed because a unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

/** Why the database refused to do what an event of the server says. */
export type Refusal = 'forbidden_now' | 'nothing_there';

const refusals: Readonly<Record<string, Refusal>> = { '23X09': 'forbidden_now', '23X04': 'nothing_there' };

/** Tells why the database refused an event of the server; undefined for every other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof Error && 'code' in error ? refusals[String(error.code)] : undefined;
}
